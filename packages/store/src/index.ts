export { openStore } from "./open-store.ts";
export type {
  AnnotationChange,
  AnnotationRevision,
  HostSummary,
  IncidentFilter,
  Replaced,
  Reread,
  SavedVisit,
  Store,
  StoredEvidence,
  VisitFigures,
} from "./store.ts";
