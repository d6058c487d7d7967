export { openStore } from "./open-store.ts";
export { anyIncident } from "./incident-filter.ts";
export type { IncidentFilter } from "./incident-filter.ts";
export type { IncidentTime } from "./incident-times.ts";
export type {
  AnnotationChange,
  AnnotationRevision,
  HostSummary,
  HostUsage,
  LogBreak,
  LogReading,
  NameKind,
  Pruned,
  Replaced,
  Reread,
  SavedVisit,
  Store,
  StoreCheck,
  StoredEvidence,
  StoreUsage,
  FiguresAround,
  VisitFigures,
} from "./store.ts";
