export { openStore } from "./open-store.ts";
export type { HostSummary, IncidentFilter, SavedVisit, Store, VisitFigures } from "./store.ts";
