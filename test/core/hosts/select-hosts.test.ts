import { describe, expect, it } from "vitest";
import { expandNodes } from "../../../packages/core/src/hosts/expand-nodes.ts";
import { parseHostList } from "../../../packages/core/src/hosts/parse-host-list.ts";
import { selectHosts } from "../../../packages/core/src/hosts/select-hosts.ts";

function select(
  lists: readonly string[],
  nodes: readonly string[] = [],
  exclude: readonly string[] = [],
): string[] {
  const targets = selectHosts({
    lists: lists.map((text, index) => parseHostList(text, `list${index}`)),
    nodes: nodes.map((text) => expandNodes(text, "-w")),
    exclude: exclude.map((text) => expandNodes(text, "-x")),
  });
  return targets.map((target) => target.host);
}

describe("selectHosts", () => {
  it("keeps the order of lists, then expressions, each host once", () => {
    expect(select(["b a", "c a"], ["d,B", "e"])).toEqual(["b", "a", "c", "d", "e"]);
  });

  it("takes away what -x or a minus or a bang names, wherever it was named", () => {
    expect(select([], ["web[1-3],-web2"])).toEqual(["web1", "web3"]);
    expect(select([], ["web[1-3]!web2"])).toEqual(["web1", "web3"]);
    expect(select([], ["-web2", "web[1-3]"])).toEqual(["web1", "web3"]);
    expect(select(["web1 web2 WEB3"], [], ["web[2-3]"])).toEqual(["web1"]);
    expect(select(["web1 web2 web3"], ["!web1"], ["-web3"])).toEqual(["web2"]);
  });

  it("takes away one port or one user where the exclusion names it", () => {
    expect(select(["web1:22 web1:2222"], [], ["web1:22"])).toEqual(["web1"]);
    expect(select(["a@web1 b@web1"], [], ["a@web1"])).toEqual(["web1"]);
    expect(select(["a@web1:22 web2"], [], ["web1"])).toEqual(["web2"]);
  });

  it("names a host by its name alone, unless that leaves two of one name", () => {
    expect(select(["web1:2222 web2"])).toEqual(["web1", "web2"]);
    expect(select(["web1:22 web1:2222 web1 WEB1:2223"])).toEqual([
      "web1:22",
      "web1:2222",
      "web1",
      "WEB1:2223",
    ]);
    expect(select(["[fe80::1]:22 [fe80::1]:23"])).toEqual(["[fe80::1]:22", "[fe80::1]:23"]);
    expect(select(["a@web1 b@web1 web1"])).toEqual(["a@web1", "b@web1", "web1"]);
  });

  it("refuses a selection without hosts", () => {
    expect(() => select(["# nobody\n"])).toThrow("no hosts selected");
    expect(() => select(["web1"], [], ["web1"])).toThrow("every selected host is excluded");
  });

  it("gives each host the place where it was named first", () => {
    const [first] = selectHosts({
      lists: [parseHostList("\nweb1", "hosts.txt")],
      nodes: [expandNodes("web1", "-w")],
      exclude: [],
    });
    expect(first?.origin).toBe("hosts.txt:2");
  });
});

describe("expandNodes", () => {
  it.each([
    ["@web", '-w: group "@web" is not known'],
    ["web1,-", '-w: exclusion "-" names no host'],
    ["-oProxyCommand=id", '-w: host "oProxyCommand=id" is not a host name'],
    ["^hosts", '-w: host "^hosts" is not a host name'],
    ["web1#x", '-w: host "web1#x" is not a host name'],
    ["web[1-2", '-w: range "web[1-2" has no closing bracket'],
  ])("refuses %s", (expression, message) => {
    expect(() => expandNodes(expression, "-w")).toThrow(message);
  });

  it("separates by blanks and commas, not inside of brackets", () => {
    const { targets } = expandNodes(" web[1,3] db1,,db2 ", "-w");
    expect(targets.map((target) => [target.name, target.origin])).toEqual([
      ["web1", "-w"],
      ["web3", "-w"],
      ["db1", "-w"],
      ["db2", "-w"],
    ]);
  });
});
