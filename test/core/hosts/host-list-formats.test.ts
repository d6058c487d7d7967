import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../../packages/core/src/errors.ts";
import { hostListFormats } from "../../../packages/core/src/hosts/host-list-formats.ts";
import { parseHostList } from "../../../packages/core/src/hosts/parse-host-list.ts";
import { shownTarget } from "./shown-target.ts";

const folder = join(import.meta.dirname, "../../fixtures/hosts");
const inputs = readdirSync(folder).filter((file) => !file.endsWith(".json"));

describe("every grammar", () => {
  it.each(inputs)("reads %s to its JSON, hosts, groups, remarks and all", (file) => {
    const expected = join(folder, file.replace(/\.\w+$/, ".json"));
    expect(existsSync(expected)).toBe(true);
    // pssh is never guessed; the included file includes both again.
    const forced = file.startsWith("pssh") ? "pssh" : null;
    const list = parseHostList(readFileSync(join(folder, file), "utf8"), file, forced, (name) => ({
      place: name,
      text: `old[1-2]\n#include rack8\n#include ${file}\n`,
    }));
    const { format, duplicates, notes } = list;
    const groups = list.groups.map(({ label }) => label);
    expect({ format, duplicates, notes, groups, hosts: list.targets.map(shownTarget) }).toEqual(
      JSON.parse(readFileSync(expected, "utf8")),
    );
    expect(file.split("--")[0]).toBe(format);
  });

  it.each(hostListFormats.map(({ name }) => name))("has a fixture: %s", (name) => {
    expect(inputs.filter((file) => file.startsWith(`${name}--`))).not.toEqual([]);
  });

  it.each(hostListFormats.map(({ name }) => name))("finds nobody in an empty %s list", (name) => {
    const empty = name === "json" ? "[]" : "\n  \n";
    expect(parseHostList(empty, "hosts", name).targets).toEqual([]);
  });
});

describe("the grammar of a list", () => {
  const formatOf = (text: string, place = "hosts.txt"): string => parseHostList(text, place).format;

  it.each([
    ["web1\n", "plain"],
    ["", "plain"],
    ["[1-3]\n", "plain"],
    ["[fe80::1]:22\n", "plain"],
    ["[1-2][3-4].x\n", "plain"],
    ["host web1\n", "plain"],
    ["web1 web2\nweb2.cm3 db.cm3\n", "plain"],
    ["[web]\nweb1\n", "ansible-ini"],
    ["web1 ansible_host=10.0.0.1\n", "ansible-ini"],
    ["Host web1\n  Port 22\n", "ssh-config"],
    ["host web1\n  hostname x\n", "ssh-config"],
    ["web: web[1-3]\n", "clustershell"],
    ["web1 rack=r7\n", "genders"],
    ["#include rack7\nweb1\n", "wcoll"],
    [' \n["web1"]\n', "json"],
    ['[{"host":"web1"}]', "json"],
    ["---\nall:\n  hosts:\n    web1:\n", "ansible-yaml"],
    ["web:\n  hosts: {web1: }\n", "ansible-yaml"],
    ["roles:\n  hosts:\n    - web1\n", "clustershell"],
    ["roles:\n  web: web1\n", "clustershell"],
  ])("of %j is %s", (text, format) => {
    expect(parseHostList(text, "hosts.txt", null, (name) => ({ place: name, text: "" })).format).toBe(format);
  });

  it("is told by the file's name where its text could be more than one", () => {
    expect(formatOf("web1 app,db\n", "/etc/genders")).toBe("genders");
    expect(formatOf("web: web1\n", "groups.yaml")).toBe("clustershell");
    expect(formatOf("all: {hosts: {web1: }}\n", "inv.yml")).toBe("ansible-yaml");
  });

  it.each([
    ["web01\nweb03 root\n", 2, "web03 root", "pssh"],
    ["web1 centos7\nweb2 centos7\n", 1, "web1 centos7", "pssh"],
    ["web1.example.com john.doe\n", 1, "web1.example.com john.doe", "pssh"],
    ["web1 web2,web3\n", 1, "web1 web2,web3", "genders"],
  ])("is asked for where two readings name different hosts: %j", (text, line, shown, other) => {
    const error = errorOf(text);
    expect(error.message).toBe(
      `hosts.txt:${line}: line "${shown}" may be ${other} or plain, and they name different hosts`,
    );
    expect(error.hint).toBe(`say which with --hosts-format ${other} or --hosts-format plain`);
    expect(parseHostList(text, "hosts.txt", other).targets).not.toEqual(
      parseHostList(text, "hosts.txt", "plain").targets,
    );
  });
});

function errorOf(text: string, format: string | null = null): UsageError {
  try {
    parseHostList(text, "hosts.txt", format);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("no error");
}

describe("what a grammar refuses", () => {
  it.each([
    ["pssh", "web1 root x", '1: line "web1 root x" has more than a host and a user'],
    ["pssh", "\na@web1 root", '2: line "a@web1 root" names two users'],
    ["pssh", "web1 -oProxyCommand=id", '1: user "-oProxyCommand=id" is not a login name'],
    ["wcoll", "#include rack9", '1: included list "rack9" cannot be read from here'],
    ["wcoll", "-web2", '1: host "-web2" starts with a dash'],
    ["genders", "web1.cm3 a=b", '1: node "web1.cm3" is not a short host name'],
    ["genders", "web1 a=b, c", '1: attribute list "a=b, c" has blanks in it'],
    ["genders", "web1 a=b,", '1: attribute list "a=b," has an empty attribute'],
    ["genders", "web1 a=b\nweb[1-2] a", '2: attribute "a" is given twice for node "web1"'],
    ["clustershell", "web: @db", '1: group "@db" is not known'],
    ["clustershell", "a: @b\nb: @a", '2: group "a" contains itself'],
    ["clustershell", "web: web[1 - 2]", '1: range "web[1 - 2]" has blanks in it'],
    ["ansible-ini", "[web]\nweb[1: 3]", '2: range "web[1: 3]" has blanks in it'],
    ["genders", "web[1, 3,4] rack=r7", '1: range "web[1, 3,4]" has blanks in it'],
    ["pssh", "web[1 -3] root", '1: range "web[1 -3]" has blanks in it'],
    ["json", '["web[1, 3]"]', '1: range "web[1, 3]" has blanks in it'],
    ["clustershell", "web: web[1-", '1: range "web[1-" has no closing bracket'],
    ["clustershell", "web web1", '1: line "web web1" is not a group'],
    ["clustershell", "r:\n  web:\n    x: y", '2: group "web" is not a list of nodes'],
    ["clustershell", "r:\n  a: b\n  a: c", '3: key "a" is given twice'],
    ["clustershell", "r:\n  a: [b", "2: YAML is not understood"],
    ["ansible-ini", "[web]\n-oProxyCommand=id", '2: host "-oProxyCommand=id" starts with a dash'],
    [
      "ansible-ini",
      "[web]\nweb1 ansible_host=-oProxyCommand=id",
      '2: host "-oProxyCommand=id" is not a host name',
    ],
    ["ansible-ini", "[web]\nweb1 ansible_user='a b'", '2: user "a b" of host "web1" is not a login name'],
    ["ansible-ini", "[web]\nweb1 ansible_port=x", '2: port "x" of host "web1" is not between 1 and 65535'],
    ["ansible-ini", "[web]\nweb1 ansible_ssh_common_args='-J a;b'", '2: host "a;b" is not a host name'],
    ["ansible-ini", "[web]\nweb1 ansible_host='{{ ip }}'", '2: ansible_host "{{ ip }}" is a template'],
    ["ansible-ini", "[web]\nweb1 x='y", '2: quote in "web1 x=\'y" is not closed'],
    ["ansible-ini", "[web]\nweb1 db1", '2: variable "db1" has no name and value'],
    ["ansible-ini", "[web]\nweb[01:100]", '2: range "web[01:100]" has ends of different widths'],
    ["ansible-ini", "[web]\nweb[a:F]", '2: range "web[a:F]" is not of numbers or letters'],
    ["ansible-ini", "[web]\nweb[f:a]", '2: range "web[f:a]" runs backwards'],
    ["ansible-ini", "[web]\nweb[1:99999999]", '2: range "web[1:99999999]" makes more than 100000 hosts'],
    ["ansible-ini", "[web]\nweb[a:z][a:z][a:z][a:z]", '2: range "web[a:z][a:z][a:z][a:z]" makes more than'],
    ["ansible-ini", "[eu:children]\nweb", '2: group "web" is nowhere defined'],
    ["ansible-ini", "[a]\n[a:children]\nb\n[b]\n[b:children]\na", 'group "a" contains itself'],
    ["ansible-yaml", "all:\n  hosts:\n    - web1", '3: hosts of "all" is not a mapping'],
    ["ansible-yaml", "all:\n  host:\n    web1:", '2: key "host" of group "all" is not known'],
    ["ansible-yaml", "all: &a\n  children: {b: *a}", "nested too deeply"],
    ["json", '["web1",\n "a;b"]', '2: host "a;b" is not a host name'],
    ["json", '["web1",\n', "2: JSON ends too early"],
    ["json", '["web1" x]', '1: JSON is not understood at "x]"'],
    ["json", '[{"host":"web1","user":"a b"}]', '1: user "a b" of host "web1" is not a login name'],
    ["json", '[{"name":"web1"}]', "1: entry has no host"],
    ["json", '{"a":1,"a":2}', '1: key "a" is given twice'],
    ["json", '{"web":"web1"}', '1: group "web" is neither a mapping nor a list'],
    ["ssh-config", "Host -oProxyCommand=id", '1: host "-oProxyCommand=id" is not a host name'],
    ["ssh-config", "Host a\n HostName $(id)", '2: host "$(id)" is not a host name'],
    ["ssh-config", "Host a\n ProxyJump -x", '2: host "-x" starts with a dash'],
  ])("%s: %j", (format, text, message) => {
    const error = errorOf(text, format);
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^hosts\.txt(?::\d+)?: /);
    expect(error.exitCode).toBe(2);
    expect(error.hint).not.toBeNull();
  });

  it.each(["json", "clustershell", "ansible-yaml"])("%s: brackets in brackets without end", (format) => {
    const error = errorOf(`${format === "json" ? "" : "a:\n  "}${"[".repeat(100_000)}`, format);
    expect(error.message).toMatch(/^hosts\.txt:1: \w+ is nested too deeply$/);
  });

  it("weighs ansible's variables as ansible does, from a list and from its own JSON", () => {
    const ini = [
      "[web]",
      "web1:2201 ansible_ssh_user=own ansible_user=own2",
      "web2 ansible_user=own",
      "web3:2203 ansible_port=33",
      "[web:vars]",
      "ansible_port=22",
      "ansible_ssh_user=group",
    ].join("\n");
    const hostvars = {
      web1: { ansible_port: 2201, ansible_ssh_user: "own", ansible_user: "own2" },
      web2: { ansible_port: 22, ansible_ssh_user: "group", ansible_user: "own" },
      web3: { ansible_port: 33, ansible_ssh_user: "group" },
    };
    const json = JSON.stringify({ _meta: { hostvars }, web: { hosts: ["web1", "web2", "web3"] } });
    for (const text of [ini, json])
      expect(
        parseHostList(text, "inv").targets.map(({ host, user, port }) => `${user}@${host}:${port}`),
      ).toEqual(["own@web1:2201", "group@web2:22", "group@web3:33"]);
  });

  it("never keeps a password", () => {
    const text =
      "[web]\nweb1 ansible_password=hunter2 ansible_ssh_pass=hunter2 ansible_become_pass=hunter2\n";
    expect(JSON.stringify(parseHostList(text, "hosts.txt"))).not.toContain("hunter2");
  });

  it.each(hostListFormats.map(({ name }) => name))(
    "%s: ends with a list or an error of its own on any long line",
    (name) => {
      const units = ["[", "a,", "a=", "{{ ", "*", "@", "#", '"', "web[1-2]", "\\", "a: ", "a!", "(", "-J "];
      const bugs = units.filter((unit) => {
        try {
          return parseHostList(unit.repeat(20_000), "hosts.txt", name).format !== name;
        } catch (error) {
          return !(error instanceof UsageError);
        }
      });
      expect(bugs).toEqual([]);
    },
  );
});
