import { describe, expect, it } from "vitest";
import { wordsForSsh } from "../../../packages/core/src/ssh/words-for-ssh.ts";
import { resolvedTargetOf } from "../../support/sshd/resolved-target-of.ts";

describe("wordsForSsh", () => {
  it("goes the way of the run: its -F, its jump hosts, port and login", () => {
    expect(wordsForSsh(resolvedTargetOf("web1"))).toBe("-p 22 tester@web1");
    const way = { configFile: "~/fleet.cfg", proxyJump: "ops@gate:2222,gate2", port: 2022 };
    expect(wordsForSsh(resolvedTargetOf("web1", way))).toBe(
      "-F ~/fleet.cfg -o ProxyJump=ops@gate:2222,gate2 -p 2022 tester@web1",
    );
  });

  it("quotes what the reader's shell would read otherwise", () => {
    const way = { configFile: "my $(id)'s.cfg", proxyJump: "gate;id" };
    expect(wordsForSsh(resolvedTargetOf("web1", way))).toBe(
      String.raw`-F 'my $(id)'\''s.cfg' -o ProxyJump='gate;id' -p 22 tester@web1`,
    );
  });
});
