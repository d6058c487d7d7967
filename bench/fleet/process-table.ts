/** What procps prints for `count` processes, in the columns that the probe asks for. */
export function processTableOf(count: number): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const columns = [
      String(at + 1).padStart(7),
      "      1",
      "   1000",
      "app".padEnd(32),
      " 204800",
      " 409600",
    ];
    return `${columns.join(" ")} Mon Nov  2 02:00:00 2026 ${"java".padEnd(15)} /usr/bin/java -Xmx1g -jar /srv/app-${at}/app.jar --port ${8000 + at}`;
  });
  const header =
    "    PID    PPID     UID USER                                 RSS     VSZ                  STARTED COMMAND         COMMAND";
  return `${[header, ...rows].join("\n")}\n`;
}
