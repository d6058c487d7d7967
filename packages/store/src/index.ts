export { openStore } from "./open-store.ts";
export type {
  HostSummary,
  IncidentFilter,
  Replaced,
  Reread,
  SavedVisit,
  Store,
  StoredEvidence,
  VisitFigures,
} from "./store.ts";
