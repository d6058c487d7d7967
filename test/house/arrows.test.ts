import { expect, test } from "vitest";
import { packageSources } from "./sources.ts";

/** Rooms of core and what each may import; `collect` ties them together for hosts, `imports` for files. */
const siblings = ["hosts", "ssh", "probe", "parse", "clock", "analysis"];
const allowedInCore = new Map<string, readonly string[]>([
  ["model", []],
  ["errors.ts", []],
  ...siblings.map((room) => [room, ["model", "errors.ts"]] as const),
  ["normalize", ["model", "errors.ts", "parse", "clock", "analysis"]],
  ["collect", ["model", "errors.ts", "normalize", ...siblings]],
  ["imports", ["model", "errors.ts", "normalize", "parse", "clock", "hosts", "probe"]],
  ["index.ts", ["model", "errors.ts", "normalize", "collect", "imports", ...siblings]],
]);

const sources = packageSources();
const roomOf = (path: string): string => path.split("/")[3] ?? "";
const packageOf = (path: string): string => path.split("/")[1] ?? "";

test("data flows one way between the rooms of core", () => {
  const wrong = sources
    .filter(({ path }) => packageOf(path) === "core")
    .flatMap(({ path, imports }) =>
      imports
        .filter((to) => to.startsWith("packages/core/"))
        .filter(
          (to) =>
            roomOf(to) !== roomOf(path) && !(allowedInCore.get(roomOf(path)) ?? []).includes(roomOf(to)),
        )
        .map((to) => `${path} → ${to}`),
    );
  expect(wrong).toEqual([]);
});

test("every room of core is one that the architecture names", () => {
  const rooms = new Set(
    sources.filter(({ path }) => packageOf(path) === "core").map(({ path }) => roomOf(path)),
  );
  expect([...rooms].filter((room) => !allowedInCore.has(room))).toEqual([]);
});

test("packages meet only at their doors, and the arrows between them point one way", () => {
  const allowed = new Map([
    ["core", []],
    ["store", ["@inquest/core"]],
    ["cli", ["@inquest/core", "@inquest/store"]],
  ]);
  const wrong = sources.flatMap(({ path, imports }) =>
    imports
      .filter((to) =>
        to.startsWith("packages/") ? packageOf(to) !== packageOf(path) : to.startsWith("@inquest/"),
      )
      .filter((to) => !(allowed.get(packageOf(path)) ?? []).some((door) => door === to))
      .map((to) => `${path} → ${to}`),
  );
  expect(wrong).toEqual([]);
});

test("the store knows of core only its model and its errors", () => {
  const door = sources.find(({ path }) => path === "packages/core/src/index.ts")?.text ?? "";
  const origin = new Map(
    [...door.matchAll(/export (?:type )?\{([^}]*)\} from "\.\/([^"]+)"/g)].flatMap(
      ([, names = "", from = ""]) => names.split(",").map((name) => [name.trim(), from] as const),
    ),
  );
  const wrong = sources
    .filter(({ path }) => packageOf(path) === "store")
    .flatMap(({ path, text }) =>
      [...text.matchAll(/import (?:type )?\{([^}]*)\} from "@inquest\/core"/g)]
        .flatMap(([, names = ""]) => names.split(","))
        .map((name) => name.trim().replace(/^type /, ""))
        .filter((name) => name !== "" && !/^(?:model\/|errors\.ts$)/.test(origin.get(name) ?? "?"))
        .map((name) => `${path}: ${name}`),
    );
  expect(wrong).toEqual([]);
});

test("rendering has no effects: it imports neither commands nor files nor streams", () => {
  const wrong = sources
    .filter(({ path }) => path.startsWith("packages/cli/src/render/"))
    .flatMap(({ path, imports }) =>
      imports
        .filter(
          (to) =>
            /^packages\/cli\/src\/(?!render\/)/.test(to) ||
            /^(?:node:(?:fs|child_process|net)|@inquest\/store)/.test(to),
        )
        .filter((to) => to !== "@inquest/store")
        .map((to) => `${path} → ${to}`),
    );
  expect(wrong).toEqual([]);
});

test("no file imports itself over others, types included", () => {
  const graph = new Map(
    sources.map(({ path, imports }) => [path, imports.filter((to) => to.startsWith("packages/"))]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (done.has(path) || trail.includes(path)) return;
    for (const to of graph.get(path) ?? []) walk(to, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  expect(circles).toEqual([]);
});
