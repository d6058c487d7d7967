import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandNodes } from "../../../packages/core/src/hosts/expand-nodes.ts";
import { foldHosts } from "../../../packages/core/src/hosts/fold-hosts.ts";

describe("foldHosts", () => {
  it.each([
    ["", ""],
    ["db1", "db1"],
    ["web03 db1 web01 web02", "web[01-03],db1"],
    ["web1 web3 web4 web10", "web[1,3-4,10]"],
    ["web9 web10 web11", "web[9-11]"],
    ["web09 web10 web9", "web[09-10,9]"],
    ["web99 web100 web098", "web[098,100,99]"],
    ["a1.cm3 a2.cm3 a1.cm4", "a1.cm[3-4],a2.cm3"],
    ["rack1-n1 rack1-n2 rack2-n1 rack2-n2", "rack[1-2]-n[1-2]"],
    ["10.0.0.1 10.0.0.2 10.0.1.1", "10.0.0.[1-2],10.0.1.1"],
    ["web1:22 web1:2222", "web1:22,web1:2222"],
    ["web1:22 web2:22", "web[1-2]:22"],
    ["u1@web1 u2@web1 u1@web2", "u1@web[1-2],u2@web1"],
    ["fe80::1 fe80::2", "fe80::1,fe80::2"],
    ["b a b", "a,b"],
  ])("folds %j to %j", (names, folded) => {
    expect(foldHosts(names.split(" ").filter((name) => name !== ""))).toBe(folded);
  });

  it("is undone by expandNodes, whatever the names", () => {
    const number = fc.oneof(
      fc.nat(12).map(String),
      fc.nat(120).map((n) => String(n).padStart(3, "0")),
      fc.constant("0123456789012345678"),
    );
    const name = fc
      .tuple(
        fc.constantFrom("web", "db-", "r", ""),
        number,
        fc.constantFrom("", ".cm3", "-ib", "x"),
        number,
        fc.constantFrom("", ".example.com", ":22"),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 60 }), (names) => {
        const expanded = expandNodes(foldHosts(names), "-w").targets.map(
          (target) => target.name + (target.port === null ? "" : `:${target.port}`),
        );
        expect(expanded.toSorted()).toEqual([...new Set(names)].toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it("folds 100,000 names into one word and back", () => {
    const names = expandNodes("web[000001-100000].cm3", "-w").targets.map((target) => target.name);
    expect(foldHosts(names.toReversed())).toBe("web[000001-100000].cm3");
  });

  it("gives every expression back as the same set", () => {
    const range = fc
      .tuple(fc.nat(30), fc.nat(30), fc.integer({ min: 1, max: 4 }), fc.boolean())
      .map(([low, more, step, padded]) => {
        const [first, last] = [low, low + more].map((end) => String(end).padStart(padded ? 3 : 0, "0"));
        return `[${first}-${last}${step === 1 ? "" : `/${step}`}]`;
      });
    const word = fc
      .tuple(fc.constantFrom("web", "db-", "ops@r"), range, fc.constantFrom("", ".cm3", ":2222"))
      .map((parts) => parts.join(""));
    const operator = fc.constantFrom(",", "!", "^", "&");
    const expression = fc
      .array(fc.tuple(operator, word), { minLength: 1, maxLength: 6 })
      .map((terms) => terms.map(([sign, text], index) => (index === 0 ? "" : sign) + text).join(""));
    const setOf = (text: string): string[] => [
      ...new Set(
        expandNodes(text, "-w").targets.map(({ user, name, port }) =>
          [user === null ? "" : `${user}@`, name, port === null ? "" : `:${port}`].join(""),
        ),
      ),
    ];
    fc.assert(
      fc.property(expression, (text) => {
        const names = setOf(text);
        expect(setOf(foldHosts(names)).toSorted()).toEqual(names.toSorted());
      }),
      { numRuns: 300 },
    );
  });
});
