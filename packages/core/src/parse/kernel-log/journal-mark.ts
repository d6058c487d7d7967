/** What journalctl writes between records: `-- Logs begin at …`, `-- Boot 4c9… --`, `-- Reboot --`, `-- No entries --`. */
export const journalMark: RegExp =
  /^(?:-- (?:Logs begin|Journal begins|Boot|Reboot|No entries|Notice|cursor)|Hint: You are currently not seeing)/;
