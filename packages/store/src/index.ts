export { openStore } from "./open-store.ts";
export type {
  HostSummary,
  IncidentFilter,
  LogBreak,
  LogReading,
  Replaced,
  Reread,
  SavedVisit,
  Store,
  StoredEvidence,
  VisitFigures,
} from "./store.ts";
