export { InquestError, LocalError, UsageError } from "./errors.ts";
export type { Anchor, AnchorKind } from "./model/anchor.ts";
export type { BootClock, BootDeaths, DatedDeath, KeptAnchor, Retimed } from "./model/boot-clock.ts";
export type { ClockReading } from "./model/clock-reading.ts";
export type { HostTarget } from "./model/host.ts";
export { bareTarget } from "./model/host.ts";
export { hostStates, isReadState } from "./model/host-result.ts";
export type { FailedState, HostFailure, HostResult, HostState, ReadState } from "./model/host-result.ts";
export { incidentKinds } from "./model/incident.ts";
export type { Annotation, Incident, IncidentKind, Victim } from "./model/incident.ts";
export { logCursorOf } from "./model/log-cursor.ts";
export type { LogCursor } from "./model/log-cursor.ts";
export type { KernelLog, KernelRecord } from "./model/kernel-record.ts";
export { oomScopes, pressureClasses, reportGrades } from "./model/oom-report.ts";
export type {
  MemoryState,
  OomKill,
  OomMemcg,
  OomReport,
  OomScope,
  OomSelected,
  OomTrigger,
  Pressure,
  PressureClass,
  ReportGrade,
  Task,
} from "./model/oom-report.ts";
export { probeSections } from "./model/probe-output.ts";
export type { ProbeOutput, ProbeSection, ProbeSectionName } from "./model/probe-output.ts";
export type { Process, ProcessSnapshot } from "./model/process-snapshot.ts";
export { processVisitOf } from "./model/process-visit.ts";
export type { ProcessVisit } from "./model/process-visit.ts";
export type { Run } from "./model/run.ts";
export type { Schedule, StartTimes } from "./model/schedule.ts";
export type { Growth, Herd, Storm } from "./model/storm.ts";
export type { CgroupOwner } from "./model/cgroup-owner.ts";
export type { SnapshotsAround } from "./model/snapshots-around.ts";
export type { Suspect } from "./model/suspect.ts";
export type { Family } from "./model/family.ts";
export type { PsHolder } from "./model/ps-holder.ts";
export type { EpochMs, KiB, Micros, Millis, Pages, Seconds } from "./model/units.ts";
export { pagesToKiB } from "./model/units.ts";
export type { Uptime } from "./model/uptime.ts";
export type {
  Evidence,
  ImportBatch,
  ImportedFile,
  KnownBoot,
  LogContinuity,
  LogCoverage,
  ReportDetail,
  Sighting,
  Visit,
  VisitRecord,
} from "./model/visit.ts";
export { timeMethods } from "./model/wall-time.ts";
export type { TimeMethod, WallTime } from "./model/wall-time.ts";
export { bootDater } from "./clock/boot-dater.ts";
export type { StepKind } from "./clock/step-kind.ts";
export { hostZoneOf, localTimeOf } from "./clock/local-time.ts";
export type { LocalTime } from "./clock/local-time.ts";
export { now } from "./clock/now.ts";
export type { Episode, TimedDeath } from "./model/episode.ts";
export type { HostHistory, LocalSpan, Recurrence } from "./model/recurrence.ts";
export { localMinutesOf } from "./clock/local-minutes.ts";
export { dailyJobsOf } from "./analysis/daily-jobs.ts";
export { cgroupOwner } from "./analysis/cgroup-owner.ts";
export { commandWords } from "./analysis/command-words.ts";
export { episodeIdOf, toEpisodes } from "./analysis/episodes.ts";
export { countForeignTasks, countSamePids } from "./analysis/foreign-tasks.ts";
export { ranOutTogether } from "./analysis/same-tasks.ts";
export { hasGrown, largestGrowth, suspectGrowths } from "./analysis/growth.ts";
export { largestHerd } from "./analysis/herds.ts";
export { areOneStorm, stormKinds, toStorms } from "./analysis/storms.ts";
export { heldKiB } from "./analysis/suspects.ts";
export { kinshipOf, largestFamily, parentsOf } from "./analysis/parents.ts";
export { psHolderOf } from "./analysis/ps-holders.ts";
export { growthsSincePs } from "./analysis/growths-since-ps.ts";
export { victimFate } from "./analysis/victim-fate.ts";
export type { VictimFate } from "./analysis/victim-fate.ts";
export { seenVictim, userOfUid } from "./analysis/seen-victim.ts";
export type { SeenVictim } from "./analysis/seen-victim.ts";
export { findRecurrences, groupsOf } from "./analysis/recurrence/find-recurrences.ts";
export type { Pool } from "./analysis/recurrence/find-recurrences.ts";
export { matchesTimeOfDay } from "./analysis/time-of-day.ts";
export type { TimeOfDayMatch, TimeOfDayWindow } from "./analysis/time-of-day.ts";
export { checkFleet } from "./collect/check-fleet.ts";
export { runCommand } from "./collect/run-command.ts";
export type { CheckedHost, HostCheck } from "./model/host-checks.ts";
export type { ExecAnswer, TakeOutput } from "./ssh/exec.ts";
export type { FleetResult } from "./ssh/visit-host.ts";
export { clearLogs, clearRequest } from "./collect/clear-logs.ts";
export type { StoredLog } from "./collect/clear-logs.ts";
export { clearScript } from "./probe/clear-script.ts";
export { collectFleet } from "./collect/collect-fleet.ts";
export type { KeepAnswer, ProbeWishes } from "./collect/collect-fleet.ts";
export { expandNodes } from "./hosts/expand-nodes.ts";
export type { NodeSelection } from "./hosts/expand-nodes.ts";
export { foldHosts } from "./hosts/fold-hosts.ts";
export { hostListFormatNames } from "./hosts/host-list-formats.ts";
export { parseHostList } from "./hosts/parse-host-list.ts";
export { selectHosts } from "./hosts/select-hosts.ts";
export type { HostSelection } from "./hosts/select-hosts.ts";
export type { HostReading } from "./model/host-reading.ts";
export { importFiles } from "./imports/import-files.ts";
export type { ImportStep, ImportWishes } from "./imports/import-step.ts";
export { listSavedFiles } from "./imports/list-saved-files.ts";
export type { SavedFile } from "./imports/list-saved-files.ts";
export { partReader } from "./imports/part-reader.ts";
export { savedFormatNames } from "./imports/recognise.ts";
export type { SavedFormatName } from "./imports/recognise.ts";
export { alertPatternOf } from "./parse/alert.ts";
export { retimedOf, sharpenVisit } from "./normalize/retime.ts";
export { rereadVisit } from "./normalize/reread-visit.ts";
export { withVanished } from "./normalize/vanished-sightings.ts";
export { missingNames } from "./normalize/watched-names.ts";
export { visitRecordOf } from "./normalize/visit-record-of.ts";
export { logSources, probeRequest } from "./probe/probe-request.ts";
export type { LogSource } from "./probe/probe-request.ts";
export { probeScript } from "./probe/probe-script.ts";
export { hasSsh } from "./ssh/openssh/has-ssh.ts";
export type { FleetOptions } from "./ssh/fleet-options.ts";
export { nonceOf, writeProbeAnswer } from "./probe/write-probe-answer.ts";
export type { AnsweredSection } from "./probe/write-probe-answer.ts";
