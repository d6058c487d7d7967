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
    expect(select(["b,a", "c,a"], ["d,B", "e"])).toEqual(["b", "a", "c", "d", "e"]);
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
    ["@web", '-w: group "web" is not known'],
    ["@@roles", '-w: "@@roles" names groups, not hosts'],
    ["web*", '-w: "web*" matches no host of a list'],
    ["web1&", '-w: operator "&" in "web1&" lacks a side'],
    ["&web1", '-w: operator "&" in "&web1" lacks a side'],
    ["web1!,web2", '-w: operator "!" in "web1!,web2" lacks a side'],
    ["web1!&web2", '-w: operator "!" in "web1!&web2" lacks a side'],
    ["!", '-w: operator "!" in "!" lacks a side'],
    ["web1,-", '-w: exclusion "-" names no host'],
    ["-oProxyCommand=id", '-w: host "oProxyCommand=id" is not a host name'],
    ["^hosts", '-w: host "^hosts" is not a host name'],
    ["web1#x", '-w: host "web1#x" is not a host name'],
    ["web[ 1-2 ]", '-w: range "web[ 1-2 ]" has blanks in it'],
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

describe("operators of an expression", () => {
  it.each([
    ["web[1-3]!web2", "web1 web3"],
    ["web[1-3]!web2,web2", "web1 web3 web2"],
    ["web[1-5]&web[4-9]", "web4 web5"],
    ["web[1-3]^web[2-5]", "web1 web4 web5"],
    ["web[1-3] & web[2-9] ! web3", "web2"],
    ["a,b&b,c", "b c"],
    ["a@web[1-2]&web2", "a@web2"],
    ["!web2,web[1-3]", "web1 web3"],
    ["web[1-3] !web2", "web1 web3"],
    ["web[1,3]&web[1,2]", "web1"],
  ])("%s", (expression, expected) => {
    const targets = selectHosts({ lists: [], nodes: [expandNodes(expression, "-w")], exclude: [] });
    expect(targets.map(({ user, name }) => (user === null ? name : `${user}@${name}`)).join(" ")).toBe(
      expected,
    );
  });
});

describe("groups and wildcards", () => {
  const inventory = parseHostList(
    "lone\n[web]\nweb[1:3] ansible_user=deploy\n[db]\ndb1 ansible_host=10.0.0.1\n[eu:children]\nweb\n[none]\n",
    "inv.ini",
  );
  const genders = parseHostList("web[1-2] role=web,rack=r7\ndb1 role=db,rack=r7\nx role\n", "genders");
  const sources = parseHostList(
    "roles:\n  web: web1\n  db: db1\nracks:\n  web: web[1-2]\n  r7: x1\n",
    "g.yaml",
  );

  function picked(
    lists: readonly (typeof inventory)[],
    given: Partial<Record<"w" | "x" | "g" | "X", string>>,
  ): string {
    const read = (flag: "w" | "x" | "g" | "X"): ReturnType<typeof expandNodes>[] =>
      given[flag] === undefined
        ? []
        : [expandNodes(given[flag], `-${flag}`, { lists, ofGroups: flag === "g" || flag === "X" })];
    const nodes = [...read("w"), ...read("g")];
    const exclude = [...read("x"), ...read("X")];
    return selectHosts({ lists, nodes, exclude })
      .map(({ host }) => host)
      .join(" ");
  }

  it.each([
    [{ g: "web" }, "web1 web2 web3"],
    [{ g: "@eu" }, "web1 web2 web3"],
    [{ g: "web,db" }, "web1 web2 web3 db1"],
    [{ g: "all" }, "lone web1 web2 web3 db1"],
    [{ g: "ungrouped" }, "lone"],
    [{ g: "eu", x: "web2" }, "web1 web3"],
    [{ X: "eu" }, "lone db1"],
    [{ x: "@web" }, "lone db1"],
    [{ x: "10.0.0.1" }, "lone web1 web2 web3"],
    [{ w: "@*,!nobody*" }, "lone web1 web2 web3 db1"],
    [{ w: "@web!web2" }, "web1 web3"],
    [{ w: "@*!@web" }, "lone db1"],
    [{ w: "@eu&web1,new1" }, "web1 new1"],
    [{ w: "web?,*1" }, "web1 web2 web3 db1"],
    [{ w: "new1" }, "lone web1 web2 web3 db1 new1"],
  ])("of an inventory: %j", (given, expected) => {
    expect(picked([inventory], given)).toBe(expected);
  });

  it.each([
    ["role", "web1 web2 db1 x"],
    ["role=web", "web1 web2"],
    ["role=web||role=db", "web1 web2 db1"],
    ["rack=r7&&role=db", "db1"],
    ["rack=r7--role=db", "web1 web2"],
    ["~rack", "x"],
    ["role=web || role=db && role=db", "db1"],
    ["role=web||(role=db&&~rack=r7||~rack)", "web1 web2 x"],
  ])("of genders, as nodeattr queries them: %s", (query, expected) => {
    expect(picked([genders], { g: query })).toBe(expected);
  });

  it("of several sources are told apart by the source", () => {
    expect(picked([sources], { g: "db" })).toBe("db1");
    expect(picked([sources], { g: "racks:web" })).toBe("web1 web2");
    expect(picked([sources], { w: "@racks:*" })).toBe("web1 web2 x1");
    expect(() => picked([sources], { g: "web" })).toThrow('-g: group "web" is in several sources');
  });

  it("take ClusterShell's own all for all, where it leaves somebody out", () => {
    const flat = parseHostList("web: web[1-2]\nold: web9\nall: @web\n", "groups");
    expect(flat.notes).toEqual(['groups:3: group "all" has 2 of 3 hosts; @all selects them alone']);
    for (const given of [{ w: "@all" }, { w: "@*" }, { g: "all" }])
      expect(picked([flat], given)).toBe("web1 web2");
    expect(picked([flat], {})).toBe("web1 web2 web9");
    expect(picked([flat, parseHostList("lone", "hosts")], { w: "@*" })).toBe("web1 web2 lone");
    const whole = parseHostList("web: web[1-2]\nall: @web\n", "groups");
    expect([whole.notes, whole.groups.map(({ label }) => label)]).toEqual([[], ["web"]]);
    const sourced = parseHostList("racks:\n  r1: a[1-2]\n  all: a1\nroles:\n  web: b\n", "g.yaml");
    expect(picked([sourced], { w: "@racks:*" })).toBe("a1");
    expect(picked([sourced], { w: "@roles:*" })).toBe("b");
  });

  it("bring what their list says of the host, also by its bare name", () => {
    const [first] = expandNodes("db1", "-w", { lists: [inventory] }).targets;
    expect(first).toMatchObject({ host: "db1", name: "10.0.0.1", groups: ["db"], origin: "inv.ini:5" });
  });

  it.each([
    ["nosuch", '-g: group "nosuch" is not known'],
    ["web&&", '-g: group "web&&" is not understood at "its end"'],
    ["(web", '-g: group "(web" is not understood at "its end"'],
    ["web)", '-g: group "web)" is not understood at ")"'],
    ["web db", '-g: group "web db" is not understood at "db"'],
    ["(".repeat(10_000), "is not understood at"],
  ])("are an error where nobody knows or understands them: %.20s", (query, message) => {
    expect(() => picked([inventory], { g: query })).toThrow(message);
  });

  it("without hosts select nobody", () => {
    expect(() => picked([inventory], { g: "none" })).toThrow("no hosts selected");
  });
});
