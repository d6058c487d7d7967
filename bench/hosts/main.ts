import { performance } from "node:perf_hooks";
import { expandNodes, foldHosts, parseHostList, selectHosts } from "@inquest/core";

/** How long 100,000 hosts take in every grammar, from the text to the selection. The aim is below one second. */
const count = 100_000;
const numbers = Array.from({ length: count }, (_, index) => String(index + 1).padStart(6, "0"));
const listed = (line: (number: string) => string): string => numbers.map(line).join("\n");

const lists: Readonly<Record<string, string>> = {
  plain: listed((number) => `admin@web${number}.cm3:2222  # rack`),
  "plain, one range": "web[000001-100000].cm3",
  pssh: listed((number) => `web${number} root`),
  wcoll: listed((number) => `web${number}`),
  genders: listed((number) => `web${number} role=web,rack=r${number.slice(0, 4)}`),
  clustershell: listed((number) => `g${number.slice(0, 4)}: web${number}`),
  "clustershell (YAML)": `roles:\n${listed((number) => `  g${number}: web${number}`)}`,
  "ansible-ini": `[web]\n${listed((number) => `web${number} ansible_port=2222`)}\n[web:vars]\nansible_user=ops\n`,
  "ansible-yaml": `all:\n  hosts:\n${listed((number) => `    web${number}: {ansible_port: 2222}`)}\n`,
  json: JSON.stringify(
    numbers.map((number) => ({ host: `web${number}`, groups: ["web"] })),
    null,
    1,
  ),
  "ssh-config": listed((number) => `Host web${number}\n  Port 2222`),
};

function timed<T>(what: string, work: () => T): T {
  const started = performance.now();
  const made = work();
  process.stdout.write(`${what.padEnd(28)} ${(performance.now() - started).toFixed(0).padStart(6)} ms\n`);
  return made;
}

for (const [name, text] of Object.entries(lists)) {
  const format = name.replace(/[ ,(].*/u, "");
  const targets = timed(name, () =>
    selectHosts({ lists: [parseHostList(text, "hosts", format)], nodes: [], exclude: [] }),
  );
  if (targets.length !== count) throw new Error(`${name}: ${targets.length} hosts`);
}
const expression = "web[000001-100000].cm3";
const names = timed("-w with one range", () => expandNodes(expression, "-w").targets.map(({ name }) => name));
timed("folded", () => foldHosts(names));
timed("-w a!b, 50,000 each", () => expandNodes("web[000001-050000]!web[000001-049999]", "-w"));
