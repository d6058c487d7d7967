import { parseArgs } from "node:util";
import { random } from "../recurrence/random.ts";
import { methods } from "./methods.ts";
import { scoresOf } from "./score.ts";
import { simulateHost } from "./simulate-host.ts";

/**
 * Prints how far from the truth each way to date a kernel stamp is, by the age of the line: `bench:clock`
 * (`--hosts 300` a seed, `--seeds 1,2,3`). Exits 1 where what must hold over all hosts does not.
 */
const { values } = parseArgs({ options: { hosts: { type: "string" }, seeds: { type: "string" } } });
const seeds = (values.seeds ?? "1,2,3,4,5,6,7,8").split(",").map(Number);
const hostsBySeed = seeds.map((seed) => {
  const next = random(seed);
  return Array.from({ length: Number(values.hosts ?? 300) }, () => simulateHost(next));
});
const hosts = hostsBySeed.flat();

/** What must hold, by method and age. */
const demands = [
  { method: "first contact, cpu_clk", age: "all", inside: 0.98, medianS: Infinity },
  { method: "history, all anchors", age: "all < 30 d", inside: 0.99, medianS: 0.2 },
];

const short = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const percent = (share: number): string => (share * 100).toFixed(1);
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
const say = (text: string): boolean => process.stdout.write(text);

say(`${hosts.length} hosts, seeds ${seeds.join(", ")}\n`);
say(row(["method", "age", "lines", "error median s", "p95 s", "stated ± s (median)", "inside %", "no time"]));
say(row(Array.from({ length: 8 }, () => "---")));
for (const method of methods) {
  for (const [age, score] of scoresOf(hosts, method)) {
    const { lines, medianS, p95S, statedS, inside, untimed } = score;
    const figures = [medianS, p95S, statedS].map(short);
    say(row([method.name, age, String(lines), ...figures, percent(inside), String(untimed)]));
    const demand = demands.find((wanted) => wanted.method === method.name && wanted.age === age);
    if (demand !== undefined && !(inside >= demand.inside && medianS <= demand.medianS)) {
      process.stderr.write(`bench:clock: ${method.name}, ${age}: not met\n`);
      process.exitCode = 1;
    }
  }
}
for (const { method: name, age } of demands) {
  const method = methods.find((one) => one.name === name);
  if (method === undefined) continue;
  const shares = hostsBySeed.map((some) => scoresOf(some, method).get(age)?.inside ?? NaN);
  say(`${name}, ${age}: inside % by seed: ${shares.map(percent).join(", ")}\n`);
}
