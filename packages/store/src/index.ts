export type { HostSummary, IncidentFilter, SavedVisit, Store, VisitFigures } from "./store.ts";
