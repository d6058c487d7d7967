import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { Answer } from "./support/ask.ts";

const folder = mkdtempSync(join(tmpdir(), "inquest-expand-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files: Readonly<Record<string, string>> = {
  temaihost: "# temai\n33.103.52.130\nadmin@web[01-02].cm3:2222\n",
  "inventory.ini":
    "lone\n[web]\nweb[1:2] ansible_user=deploy\n[db]\ndb1 ansible_host=10.0.0.1 ansible_ssh_common_args='-J ops@bastion'\n",
  "lists/machines": "#include rack7\nweb1\nweb2\n",
  "lists/rack7": "r[1-2]\n#include rack8\n",
  ".dsh/group/rack8": "s1\n#include rack7\n",
  "users.txt": "web1\nweb2 root\n",
  "bad.txt": "web1\n-oProxyCommand=touch /tmp/x\n",
  "mixed.txt": "web1\nweb[ 1-2 ]\nweb2\nwe\u001b[31mb\n",
  "escaped.txt": "web\u001b[31m1\n",
  "empty.txt": "# nobody\n",
};
for (const [name, text] of Object.entries(files)) {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
}

async function expand(argv: readonly string[], stdin = ""): Promise<Answer> {
  const io = memoryIo({ cwd: folder, env: { HOME: folder }, stdin });
  return { code: await run(["expand", ...argv], io), out: io.out(), err: io.err() };
}
const lines = async (argv: readonly string[], stdin = ""): Promise<string> =>
  (await expand(["-o", "lines", ...argv], stdin)).out.trimEnd().replaceAll("\n", " ");

describe("expand", () => {
  test("shows each host with what its list says of it, and where", async () => {
    const { code, out, err } = await expand(["-f", "inventory.ini"]);
    expect({ code, err }).toEqual({
      code: 0,
      err: "inventory.ini: read as ansible-ini, 4 hosts\n4 hosts\n",
    });
    expect(out).toBe(
      [
        "HOST  ADDRESS   USER    JUMP         GROUPS  NAMED AT",
        "lone                                         inventory.ini:1",
        "web1            deploy               web     inventory.ini:3",
        "web2            deploy               web     inventory.ini:3",
        "db1   10.0.0.1          ops@bastion  db      inventory.ini:5",
        "",
      ].join("\n"),
    );
  });

  test("as JSON has the fields of the contract, and reads itself back", async () => {
    const { out } = await expand(["-f", "inventory.ini", "-g", "db", "-o", "json"]);
    expect(JSON.parse(out)).toEqual([
      {
        host: "db1",
        address: "10.0.0.1",
        user: null,
        port: null,
        jump: "ops@bastion",
        identity_file: null,
        groups: ["db"],
        origin: "inventory.ini:5",
      },
    ]);
    const again = JSON.parse((await expand(["-f", "-", "-o", "json"], out)).out) as unknown;
    expect(again).toEqual([{ ...(JSON.parse(out) as object[])[0], origin: "stdin:2" }]);
  });

  test.each([
    ["lines", "33.103.52.130\nadmin@web01.cm3:2222\nadmin@web02.cm3:2222\n"],
    ["folded", "admin@web[01-02].cm3:2222,33.103.52.130\n"],
  ])("as %s is for other commands", async (form, out) => {
    expect(await expand(["-f", "temaihost", "-o", form])).toEqual({ code: 0, out, err: "3 hosts\n" });
    expect(await lines(["-f", "-"], out)).toBe(await lines(["-f", "-"], out));
  });

  test.each([
    [["-w", "web[1-3],-web2"], "web1 web3"],
    [["web[1-3]!web2", "db1"], "web1 web3 db1"],
    [["-w", "web[1-3]", "-x", "web3"], "web1 web2"],
    [["-w", "^temaihost,-33.103.52.130"], "admin@web01.cm3:2222 admin@web02.cm3:2222"],
    [["-w", "web[1-3]", "-x", "^users.txt", "--hosts-format", "plain"], "web3"],
    [["-f", "inventory.ini", "-g", "web||db", "-X", "db"], "deploy@web1 deploy@web2"],
    [["-f", "inventory.ini", "-w", "@db,w*1"], "10.0.0.1 deploy@web1"],
    [["-f", "inventory.ini", "-x", "@web"], "lone 10.0.0.1"],
    [["-f", "lists/machines"], "r1 r2 s1 web1 web2"],
    [["-f", "users.txt", "--hosts-format", "pssh"], "web1 root@web2"],
    [["-f", "users.txt", "--hosts-format", "plain"], "web1 web2 root"],
  ])("%j", async (argv, expected) => {
    expect(await lines(argv)).toBe(expected);
  });

  test("takes any command as a list", async () => {
    expect(await lines(["-f", "-"], "\uFEFFweb1\r\nweb2\r\n")).toBe("web1 web2");
    expect(await lines(["-f", "-", "-g", "web"], "web: web[1-2]\ndb: db1\n")).toBe("web1 web2");
    expect(await lines(["-f", "-"], '["web1", "web2"]')).toBe("web1 web2");
  });

  test("tells what a list was read as, what was merged, skipped and left out", async () => {
    expect((await expand(["-f", "lists/machines"])).err).toBe(
      "lists/machines: read as wcoll, 5 hosts\n" +
        `${join(folder, ".dsh/group/rack8")}:2: "rack7" was read already, skipped\n5 hosts\n`,
    );
    expect((await expand(["-v", "-f", "-"], "web1 WEB1\n")).err).toBe(
      'stdin: read as plain, 1 host\nstdin: 1 duplicate merged\nstdin: "web1" and "WEB1" are one host\n1 host\n',
    );
    expect((await expand(["-q", "-f", "inventory.ini"])).err).toBe("");
  });
});

describe("a list that nobody should act on", () => {
  test.each([
    [
      ["-f", "users.txt"],
      'users.txt:2: line "web2 root" may be pssh or plain, and they name different hosts\n' +
        "hint: say which with --hosts-format pssh or --hosts-format plain\n",
    ],
    [
      ["-f", "bad.txt"],
      'bad.txt:2: host "-oProxyCommand=touch" starts with a dash\n' +
        "hint: a list holds names; options belong in ssh_config or on the command line\n",
    ],
    [
      ["-f", "escaped.txt"],
      'escaped.txt:1: range "web\\u{1b}[31m1" has no closing bracket\nhint: write ranges as web[01-12]\n',
    ],
    [["-f", "empty.txt"], "no hosts selected\nhint: name hosts with -f FILE or -w NODES\n"],
    [[], "no hosts selected\nhint: name hosts with -f FILE or -w NODES\n"],
    [
      ["-g", "web"],
      '-g: group "web" is not known\nhint: no list that was read defines groups; name one with -f FILE\n',
    ],
    [["-f", "-", "-w", "^-"], "--hosts: stdin (-) can be read only once\n"],
    [
      ["-f", "temaihost", "--hosts-format", "excel"],
      'temaihost: host list format "excel" is not known\n' +
        "hint: use json, ansible-yaml, ansible-ini, ssh-config, clustershell, genders, wcoll, pssh, plain\n",
    ],
  ])("%j is a usage error", async (argv, err) => {
    expect(await expand(argv, "web1\n")).toEqual({ code: 2, out: "", err });
  });

  test("names what it includes, and where that was looked for", async () => {
    const { code, err } = await expand(["-f", "-"], "#include nowhere\n");
    expect(code).toBe(2);
    expect(err).toBe(
      'stdin:1: included list "nowhere" is not there\n' +
        `hint: looked for nowhere, ${join(folder, ".dsh/group/nowhere")}, /etc/dsh/group/nowhere\n`,
    );
  });
});

describe("--skip-bad-lines", () => {
  const skipped = [
    'mixed.txt:2: range "web[ 1-2 ]" has blanks in it',
    'mixed.txt:4: range "we\\u{1b}[31mb" has no closing bracket',
    "mixed.txt: 2 bad lines skipped",
  ].join("\n");

  test("names the bad lines, counts them and goes on, with -q too", async () => {
    const { code, out, err } = await expand(["-o", "lines", "-f", "mixed.txt", "--skip-bad-lines"]);
    expect([code, out, err]).toEqual([0, "web1\nweb2\n", `${skipped}\n2 hosts\n`]);
    expect((await expand(["-q", "-w", "^mixed.txt", "--skip-bad-lines"])).err).toBe(`${skipped}\n`);
  });

  test("is not the default, and leaves no hosts an error", async () => {
    expect((await expand(["-f", "mixed.txt"])).code).toBe(2);
    const { code, err } = await expand(["-f", "-", "--skip-bad-lines"], "we!b\n");
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^stdin:1: .*\nstdin: 1 bad line skipped\nno hosts selected/),
    ]);
  });

  test.each([
    ["-w", "web[1-9]", "-x", "^mixed.txt"],
    ["-f", "mixed.txt", "-X", "drained"],
    ["-f", "mixed.txt", "-w", "@all!@drained"],
    ["-f", "mixed.txt", "-g", "all--drained"],
  ])("skips nothing of a list that takes hosts away: %s %s %s %s", async (...argv) => {
    const { code, out, err } = await expand([...argv, "--skip-bad-lines"]);
    expect([code, out, err]).toEqual([2, "", expect.stringMatching(/^mixed.txt:2: .*\nhint: mend the line/)]);
  });

  test.each([
    ["collect", "-n"],
    ["run", "-n", "--", "true"],
  ])("holds for %s", async (command, ...more) => {
    const io = memoryIo({ cwd: folder, env: { HOME: folder } });
    const code = await run([command, "-f", "mixed.txt", "--skip-bad-lines", ...more], io);
    expect([code, io.err()]).toEqual([0, expect.stringContaining(skipped)]);
    expect(io.out()).toMatch(/^2 hosts:\n {2}web1 .*\n {2}web2 /);
  });
});
