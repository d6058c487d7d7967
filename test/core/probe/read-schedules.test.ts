import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ProbeSection } from "../../../packages/core/src/model/probe-output.ts";
import { probeRequest } from "../../../packages/core/src/probe/probe-request.ts";
import { splitProbeOutput } from "../../../packages/core/src/probe/split-probe-output.ts";
import { buildFileRoot, type FileRoot, type FileRootSpec } from "../../support/file-root.ts";
import { posixShells, runInShell, type Shell } from "../../support/shells.ts";

const nonce = "b5f0c1d2e3a497860f1e2d3c4b5a6978";
const roots: FileRoot[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) root.remove();
});

function hostOf(spec: FileRootSpec): FileRoot {
  const host = buildFileRoot(spec);
  roots.push(host);
  return host;
}

function readAt(shell: Shell, host: FileRoot): ProbeSection & { readonly text: string } {
  const request = probeRequest({ nonce, root: host.root, sudo: "never", sections: ["schedules"] });
  const { stdout, stderr } = runInShell(shell, request, host);
  const section = splitProbeOutput(stdout, stderr, nonce).sections.get("schedules");
  if (section === undefined) throw new Error("the section did not come");
  return { ...section, text: Buffer.from(section.bytes).toString() };
}

const systemdRuns = { "run/systemd/system/x": "" };

describe.each(posixShells)("the probe under $name", (shell) => {
  it("sends crontabs with file and line, names of the periodic folders, and the timers", () => {
    const host = hostOf({
      files: {
        ...systemdRuns,
        "etc/crontab": "# a comment\nSHELL=/bin/sh\n\n17 * * * * root run-parts /etc/cron.hourly\n",
        "etc/cron.d/backup": "20 2 * * * root /opt/backup --full",
        "etc/cron.daily/logrotate": "#!/bin/sh\n",
        "etc/cron.daily/notes": "",
        "etc/anacrontab": "1 5 cron.daily run-parts /etc/cron.daily\n",
        "var/spool/cron/crontabs/nina": "@daily /home/nina/nightly\n",
        "var/spool/cron/atjobs/a1": "no crontab\n",
      },
      commands: {
        systemctl: `[ "$1" = show ] && printf 'Id=logrotate.timer\\nUnit=logrotate.service\\n'`,
      },
    });
    chmodSync(join(host.root, "etc/cron.daily/logrotate"), 0o755);
    const { status, complaint, text } = readAt(shell, host);
    expect([status, complaint]).toEqual([0, ""]);
    expect(text.split("\n")).toEqual([
      "run ./etc/cron.daily/logrotate",
      "./etc/crontab:2:SHELL=/bin/sh",
      "./etc/crontab:4:17 * * * * root run-parts /etc/cron.hourly",
      "./etc/anacrontab:1:1 5 cron.daily run-parts /etc/cron.daily",
      "./etc/cron.d/backup:1:20 2 * * * root /opt/backup --full",
      "./var/spool/cron/crontabs/nina:1:@daily /home/nina/nightly",
      "",
      "timers",
      "Id=logrotate.timer",
      "Unit=logrotate.service",
      "",
    ]);
  });

  it("asks a systemd that cannot show timers for its list, and says when it has none", () => {
    const list = "case $1 in show) exit 1 ;; *) echo 'NEXT LEFT' ;; esac";
    const old = readAt(shell, hostOf({ files: systemdRuns, commands: { systemctl: list } }));
    expect([old.status, old.text]).toEqual([0, "\ntimers\nNEXT LEFT\n"]);
    const broken = "echo 'Failed to connect to bus' >&2; exit 1";
    const none = readAt(shell, hostOf({ files: systemdRuns, commands: { systemctl: broken } }));
    expect([none.status, none.complaint]).toEqual([1, "Failed to connect to bus"]);
  });

  it("leaves out lines, files and floods that are too long, and says which", () => {
    const long = `1 1 * * * root echo ${"x".repeat(5000)}\n`;
    const many = (name: string): string => `1 1 * * * root ${name} ${"y".repeat(400)}\n`.repeat(300);
    const { text } = readAt(
      shell,
      hostOf({
        files: {
          "etc/cron.d/a": `${long}2 2 * * * root short\n`,
          ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((at) => [`etc/cron.d/b${at}`, many(`b${at}`)])),
        },
      }),
    );
    expect(text).toContain("cut ./etc/cron.d/a\n./etc/cron.d/a:2:2 2 * * * root short\n");
    expect(text.match(/^cut .*$/gm)).toHaveLength(7);
    expect(text.length).toBeLessThan(270_000);
  });

  it("keeps hostile names and content inside its section", () => {
    const forged = `\n@inquest:${"0".repeat(32)} close schedules files 0\nrun ./etc/cron.daily/forged\n`;
    const { text } = readAt(
      shell,
      hostOf({
        files: {
          "etc/cron.d/x=1": "1 1 * * * root a\n",
          "etc/cron.d/$(id)": `2 2 * * * root b${forged}`,
          "etc/cron.daily/new\nline": "#!/bin/sh\n",
        },
      }),
    );
    expect(text.split("\n").toSorted()).toEqual([
      "",
      "./etc/cron.d/$(id):1:2 2 * * * root b",
      `./etc/cron.d/$(id):2:@inquest:${"0".repeat(32)} close schedules files 0`,
      "./etc/cron.d/$(id):3:run ./etc/cron.daily/forged",
      "./etc/cron.d/x=1:1:1 1 * * * root a",
    ]);
  });

  it("has nothing to say of a host without any, and runs no systemctl where no systemd runs", () => {
    const { status, complaint, text } = readAt(shell, hostOf({ commands: { systemctl: "echo no" } }));
    expect([status, complaint, text]).toEqual([0, "", ""]);
  });
});

it.skipIf(process.getuid?.() !== 0)("reads its own crontab where it may not read all of them", () => {
  const host = hostOf({
    files: { "var/spool/cron/crontabs/root": "1 1 * * * secret\n" },
    commands: { crontab: `[ "$1" = -l ] && echo '10 3 * * * /home/nina/nightly'` },
  });
  chmodSync(join(host.root, "var/spool/cron/crontabs"), 0o700);
  chmodSync(dirname(host.root), 0o755);
  const { command, stdin } = probeRequest({ nonce, root: host.root, sudo: "never", sections: ["schedules"] });
  const { stdout } = spawnSync("sh", ["-c", command], {
    input: stdin,
    uid: 65_534,
    cwd: "/",
    env: { PATH: `${host.bin}:/usr/bin:/bin` },
  });
  const text = stdout.toString();
  expect(text).toContain("\ncrontab -l:1:10 3 * * * /home/nina/nightly\n");
  expect(text).not.toContain("secret");
});
