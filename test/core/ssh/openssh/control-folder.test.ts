import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { makeControlFolder } from "../../../../packages/core/src/ssh/openssh/control-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "inquest-control-"));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("sockets lie in a folder that is the owner's alone, and goes with the run", async () => {
  const control = await makeControlFolder();
  const place = dirname(control.newSocket());
  expect(statSync(place).mode & 0o777).toBe(0o700);
  expect(control.newSocket()).not.toBe(control.newSocket());
  await control.remove();
  expect(existsSync(place)).toBe(false);
});

test.each(["it's here; $(id)", "far/away/".repeat(8)])("a temporary folder %s is not used", async (name) => {
  const strange = join(folder, name);
  mkdirSync(strange, { recursive: true });
  vi.stubEnv("TMPDIR", strange);
  const control = await makeControlFolder();
  expect(control.newSocket()).toMatch(/^\/tmp\/inquest-\w{6}\/1$/);
  await control.remove();
});
