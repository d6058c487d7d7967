import { describe, expect, it } from "vitest";
import { UsageError } from "../../../packages/core/src/errors.ts";
import { parseHostList } from "../../../packages/core/src/hosts/parse-host-list.ts";

const shown = (text: string): string[] =>
  parseHostList(text, "hosts.txt").targets.map(({ user, name, port }) =>
    [user === null ? "" : `${user}@`, name, port === null ? "" : ` ${port}`].join(""),
  );

function errorOf(text: string): [string, string | null] {
  try {
    parseHostList(text, "hosts.txt");
  } catch (error) {
    if (error instanceof UsageError) return [error.message, error.hint];
    throw error;
  }
  throw new Error("no error");
}

describe("parseHostList", () => {
  it("reads the plain list of pgm, with its comments", () => {
    const text =
      "# rack 7\n33.103.52.130\n\n  admin@web1.cm3:2222  # core\n[fe80::1]:22 fe80::2\t\nweb1,web2#x\n";
    expect(shown(text)).toEqual([
      "33.103.52.130",
      "admin@web1.cm3 2222",
      "fe80::1 22",
      "fe80::2",
      "web1",
      "web2",
    ]);
  });

  it("says where each host was named", () => {
    const { targets, format } = parseHostList("web1\n\nweb2 web3\n", "dir/hosts.txt");
    expect(targets.map((target) => target.origin)).toEqual([
      "dir/hosts.txt:1",
      "dir/hosts.txt:3",
      "dir/hosts.txt:3",
    ]);
    expect(targets[0]).toEqual({
      host: "web1",
      name: "web1",
      address: null,
      user: null,
      port: null,
      jump: null,
      identityFile: null,
      groups: [],
      origin: "dir/hosts.txt:1",
    });
    expect(format).toBe("plain");
  });

  it("takes the byte order mark and the line ends of a spreadsheet", () => {
    expect(shown("\uFEFFweb1\r\nweb2\r\n")).toEqual(["web1", "web2"]);
  });

  it("keeps the first of several mentions and counts the others", () => {
    const list = parseHostList("web[1-2],web[2-3]\nWEB1\nweb1:22\nroot@web1\n", "hosts.txt");
    expect(list.targets).toHaveLength(5);
    expect(list.duplicates).toBe(2);
    expect(list.notes).toEqual(['hosts.txt: "web1" and "WEB1" are one host']);
  });

  it.each([
    ["web[1-3]", "web1 web2 web3"],
    ["web[09-11]", "web09 web10 web11"],
    ["web[9-11]", "web9 web10 web11"],
    ["web[98-101]", "web98 web99 web100 web101"],
    ["web[098-101]", "web098 web099 web100 web101"],
    ["web[1-10/3]", "web1 web4 web7 web10"],
    ["web[0-10/5]", "web0 web5 web10"],
    ["web[00-10/5]", "web00 web05 web10"],
    ["web[1,3,07-08]", "web1 web3 web07 web08"],
    ["web[1-2]-ib[0-1]", "web1-ib0 web1-ib1 web2-ib0 web2-ib1"],
    ["[1-2][3-4].x[5]", "13.x5 14.x5 23.x5 24.x5"],
    ["10.1.2.[250-255]", "10.1.2.250 10.1.2.251 10.1.2.252 10.1.2.253 10.1.2.254 10.1.2.255"],
    ["web 1", "web 1"],
    ["web[1-2]:2222", "web1:2222 web2:2222"],
    ["user@web[1-2]", "user@web1 user@web2"],
    ["CORP\\ann@web1 ann@corp.example@web2", "CORP\\ann@web1 ann@corp.example@web2"],
    ["fe80::1%eth0 [fe80::1%eth0]:22", "fe80::1%eth0 fe80::1%eth0:22"],
    ["_x,a.b-c_d", "_x a.b-c_d"],
  ])("expands %s as its users expect", (text, expected) => {
    expect(shown(text).map((host) => host.replace(" ", ":"))).toEqual(expected.split(" "));
  });

  it("expands web[01-100] as pdsh does", () => {
    const names = shown("web[01-100]");
    expect([names[0], names[98], names[99], names.length]).toEqual(["web01", "web99", "web100", 100]);
  });

  it("allows 100,000 hosts from ranges and no more", () => {
    expect(shown("web[1-20000]")).toHaveLength(20_000);
    expect(shown("web[1-100000]")).toHaveLength(100_000);
    const more = errorOf("web[1-100001]");
    expect(more[0]).toBe('hosts.txt:1: range "web[1-100001]" makes more than 100000 hosts');
    expect(errorOf("web[1-60000]\ndb[1-60000]")[0]).toContain("hosts.txt:2: range");
    expect(errorOf("web[1-999][1-999][1-999][1-999]")[0]).toContain("more than 100000");
    expect(errorOf("web[0-999999999999999]")[0]).toContain("more than 100000");
  });

  it.each([
    ["web[01-12", 'range "web[01-12" has no closing bracket', "write ranges as web[01-12]"],
    ["web[1-", 'range "web[1-" has no closing bracket', "write ranges as web[01-12]"],
    ["web[1, 3]", 'range "web[1, 3]" has blanks in it', "write it as [1,3]"],
    ["db1 web[ 1-2 ]-ib,db2", 'range "web[ 1-2 ]-ib" has blanks in it', "write it as [1-2]"],
    ["web[1 -\t3] root", 'range "web[1 -\\u{9}3]" has blanks in it', "write it as [1-3]"],
    ["web[ ]", 'range "web[ ]" has blanks in it', "write ranges as web[01-12]"],
    ["web[1-2 db[3-4]", 'range "web[1-2" has no closing bracket', "write ranges as web[01-12]"],
    ["web1]", 'range "web1]" has no opening bracket', "write ranges as web[01-12]"],
    ["web[]", 'range "web[]" is empty', "write ranges as web[01-12]"],
    ["web[1-]", 'range "web[1-]" is not made of numbers', "write ranges as web[01-12]"],
    ["web[a-c]", 'range "web[a-c]" is not made of numbers', "write ranges as web[01-12]"],
    ["web[3-1]", 'range "web[3-1]" runs backwards', "write the smaller number first"],
    ["web[1-05]", 'range "web[1-05]" has ends of different widths', "give both ends the same width: [01-05]"],
    ["web[1-5/0]", 'range "web[1-5/0]" has a step of 0', "write steps as web[0-10/5]"],
    ["web[1-3", 'range "web[1-3" has no closing bracket', "write ranges as web[01-12]"],
    ["web{1..3}", 'host "web{1..3}" is not a host name', "quote it for the shell or use [1-3]"],
    [
      "web1:0",
      'port "0" of host "web1:0" is not between 1 and 65535',
      "write web1:2222, or leave the port to ssh_config",
    ],
    [
      "web1:65536",
      'port "65536" of host "web1:65536" is not between 1 and 65535',
      "write web1:2222, or leave the port to ssh_config",
    ],
    [
      "web1:",
      'port "" of host "web1:" is not between 1 and 65535',
      "write web1:2222, or leave the port to ssh_config",
    ],
    ["[fe80::1", 'address "[fe80::1" has no closing bracket', "write [fe80::1]:22"],
    ["[fe80::1]22", 'address "[fe80::1]22" is followed by something else', "write [fe80::1]:22"],
    ["a:b:c", 'address "a:b:c" is not an IPv6 address', "write [fe80::1]:22 or web1:22"],
    ["fe80::1%;id", 'address "fe80::1%;id" is not an IPv6 address', "write [fe80::1]:22 or web1:22"],
    ["a;b@web1", 'user "a;b" of host "a;b@web1" is not a login name', "write user@host"],
    ["@web1", 'user "" of host "@web1" is not a login name', "write user@host"],
    ["root@", 'host "" is not a host name', "write user@host:port, with a host"],
    [
      "-oProxyCommand=touch${IFS}/tmp/x",
      'host "-oProxyCommand=touch${IFS}/tmp/x" starts with a dash',
      "a list holds names; options belong in ssh_config or on the command line",
    ],
    [
      "root@-oProxyCommand=id",
      'host "-oProxyCommand=id" is not a host name',
      "a name does not start with a dash",
    ],
    [
      "web;id",
      'host "web;id" is not a host name',
      "names are made of letters, digits, dots, dashes and underscores",
    ],
    [
      "$(id)",
      'host "$(id)" is not a host name',
      "names are made of letters, digits, dots, dashes and underscores",
    ],
    ["web\u001b[31m1", 'range "web\\u{1b}[31m1" has no closing bracket', "write ranges as web[01-12]"],
    [
      "web\u202e1",
      'host "web\\u{202e}1" is not a host name',
      "names are made of letters, digits, dots, dashes and underscores",
    ],
    ["web\u00001", "line holds a NUL byte", "save the list as UTF-8 text"],
    [
      "w".repeat(254),
      `host "${"w".repeat(80)}…" is longer than 253 characters`,
      "separate hosts by spaces, commas or lines",
    ],
  ])("says file, line, value and remedy of %j", (word, problem, hint) => {
    expect(errorOf(`# list\r\ngood1\r\n${word}\r\n`)).toEqual([`hosts.txt:3: ${problem}`, hint]);
  });

  it("finds an empty list empty, and an unknown grammar unknown", () => {
    expect(parseHostList("# nobody\n", "hosts.txt").targets).toEqual([]);
    expect(() => parseHostList("web1", "hosts.txt", "excel")).toThrow(
      'hosts.txt: host list format "excel" is not known',
    );
  });
});
