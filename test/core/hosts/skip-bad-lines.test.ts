import { describe, expect, test } from "vitest";
import { parseHostList } from "../../../packages/core/src/hosts/parse-host-list.ts";

function read(
  text: string,
  format: string | null = null,
): { hosts: string; groups: string; skipped: readonly string[] } {
  const list = parseHostList(text, "l", format, undefined, true);
  return {
    hosts: list.targets.map(({ user, host }) => (user === null ? host : `${user}@${host}`)).join(" "),
    groups: list.targets.map(({ groups }) => groups.join("+")).join(" "),
    skipped: list.skipped,
  };
}

describe("a list without its bad lines", () => {
  test.each([
    ["plain", "web1\nweb2 we!b\nweb3,web[1-\nweb4\n", "web1 web4", ["l:2: host", "l:3: range"]],
    ["wcoll", "web1\n-oProxyCommand=x\nweb[3-1]\nweb4\n", "web1 web4", ["l:2: host", "l:3: range"]],
    ["pssh", "web1 root\nweb2 root ops\nweb3 1\nweb4\n", "root@web1 web4", ["l:2: line", "l:3: user"]],
    ["genders", "web1 a,b\nweb2 a,,b\nweb1,web3 a\nweb3 a\n", "web1 web3", ["l:2: attr", "l:3: attr"]],
    ["clustershell", "a: web1\nb web2\nc: web[1-\nd: web4\n", "web1 web4", ["l:2: line", "l:3: range"]],
    [
      "ansible-ini",
      "[web]\nweb1\nweb2 ansible_user\nwe!b\nweb3 ansible_port=x\nweb4",
      "web1 web4",
      ["l:3: variable", "l:4: host", "l:5: port"],
    ],
    ["ansible-yaml", "all:\n  hosts:\n    web1:\n    we!b:\n    web4:\n", "web1 web4", ["l:4: host"]],
    ["json", '[\n"web1",\n"we!b",\n{"user":"x"},\n"web4"]', "web1 web4", ["l:3: host", "l:4: entry"]],
    ["json", '{"a":{"hosts":[\n"web1",\n"we!b",\n"web4"]}}', "web1 web4", ["l:3: host"]],
    ["json", '{"name":"a","nodes":[\n"web1",\n"we!b",\n"web4"]}', "web1 web4", ["l:3: host"]],
    ["ssh-config", "Host web1\nHost we;b\n  User x\nHost web4\n", "web1 web4", ["l:2: host"]],
  ])("%s", (format, text, hosts, places) => {
    const found = read(text, format);
    expect([found.hosts, found.skipped.map((line) => line.split(" ").slice(0, 2).join(" "))]).toEqual([
      hosts,
      places.map((place) => expect.stringMatching(new RegExp(`^${place}`))),
    ]);
    expect(() => parseHostList(text, "l", format)).toThrow(places[0] ?? "");
  });

  test("says nothing about the nodes of a line that was skipped", () => {
    expect(read("web1 a,b\nweb3,web1 a\nweb3 a\n", "genders").groups).toBe("a+b a");
  });

  test("still is one grammar among several: what may be read as other hosts is refused", () => {
    expect(() => read("web1 root\nwe!b root\nweb3 root\n")).toThrow("may be pssh or plain");
    expect(read("web1 rack=r1,a\nwe!b rack=r1\n").skipped).toHaveLength(1);
  });
});

describe("what other lines depend on is never skipped", () => {
  test.each([
    ["the head of a section", "[web]\nweb1\n[db\ndb1\n", 'l:3: range "[db"'],
    ["variables of a group", "[web]\nweb1\n[web:vars]\nansible_port=x\n", 'l:4: port "x"'],
    ["a group that is nowhere defined", "[web:children]\ndb\n", 'l:2: group "db"'],
    ["an option of ssh_config", "Host web1\n  Port x\n", 'l:2: port "x"'],
    ["a group that another takes away", "drained: web[1-\nall: web[1-3]\nup: @all!@drained\n", "l:1: range"],
    ["the structure of JSON", '["web1",', "l:1: JSON"],
    ["text at all", "web1\n\0\n", "l:2: line holds a NUL byte"],
  ])("%s", (_what, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
