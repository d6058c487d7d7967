/** Exit codes of the command, by what they tell a script. */
export const exitCode = {
  ok: 0,
  nothingMatched: 1,
  usage: 2,
  hostsTimedOut: 3,
  hostsUnreachable: 4,
  hostsNotUnderstood: 5,
  incidentsFound: 10,
  bug: 70,
  localFailure: 74,
  interrupted: 130,
  terminated: 143,
} as const;
