import { expect, test } from "vitest";
import { expandNodes, parseHostList, selectHosts } from "@inquest/core";

/** Who is selected by `-f` (its lines), `-w` and `-x`. */
function selected(w: string, x: string | null = null, lines = ""): string {
  const lists = lines === "" ? [] : [parseHostList(lines, "hosts")];
  const targets = selectHosts({
    lists,
    nodes: w === "" ? [] : [expandNodes(w, "-w", { lists })],
    exclude: x === null ? [] : [expandNodes(x, "-x", { lists })],
  });
  return targets.map(({ host }) => host).join(" ");
}

// As pdsh 2.34 answers to the same words (-R exec ... echo %h).
test.each([
  ["web[01-12],/web0[1-3]/", null, "web01 web02 web03"],
  ["web[01-04],db1,-/web/", null, "db1"],
  ["web[01-04],db1", "/1$/", "web02 web03 web04"],
  ["web[01-04],db1,/[13]$/", null, "web01 web03 db1"],
  ["web[01-04],db1,/^w/,/3/", null, "web03"],
  ["/[0-3]$/,web[01-09]", null, "web01 web02 web03"],
  ["web[01-09]", "/[1-3]$/,web05", "web04 web06 web07 web08 web09"],
  ["web[1-3],/web(1|2)/", null, "web1 web2"],
  ["web[1-3],/2", null, "web2"],
  ["web[1-3],!/2/", null, "web1 web3"],
  ["web[1-3] dbx,/[[:digit:]]$/", null, "web1 web2 web3"],
  ["ssh:web1,ssh:bob@web2,ssh:22", null, "web1 web2 ssh"],
])("-w %s without %s is %s", (w, x, hosts) => {
  expect(selected(w, x)).toBe(hosts);
});

test("filters the hosts of a list, by their address in it too", () => {
  const list = "[web]\nfront ansible_host=192.0.2.7\nback ansible_host=192.0.2.18\n";
  expect(selected("/\\.18$/", null, list)).toBe("back");
  expect(selected("", "/^front$/", list)).toBe("back");
});

test.each([
  ["web1,/we(b/", /-w: regular expression "\/we\(b\/" is not understood \(.+\)/],
  ["web1,//", /is not understood \(it is empty\)/],
  ["mrsh:web1", /-w: "mrsh:web1" asks for mrsh/],
  ["web1,/db/", /every selected host is excluded/],
])("refuses -w %s", (w, message) => {
  expect(() => selected(w)).toThrow(message);
});
