export { openStore } from "./open-store.ts";
export type {
  AnnotationChange,
  AnnotationRevision,
  HostSummary,
  HostUsage,
  IncidentFilter,
  NameKind,
  Pruned,
  Replaced,
  Reread,
  SavedVisit,
  Store,
  StoreCheck,
  StoredEvidence,
  StoreUsage,
  VisitFigures,
} from "./store.ts";
