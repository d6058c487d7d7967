import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const project = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  test: { name, include, exclude },
});

export default defineConfig({
  test: {
    coverage: { provider: "v8", include: ["packages/*/src/**"], reporter: ["text-summary"] },
    // A part of the time goes into waiting for sshds: one worker more than there are cores keeps those busy.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ["test/support/sshd/global-setup.ts"],
    projects: [
      project("unit", ["test/**/*.test.ts"], ["test/heavy/**"]),
      project("heavy", ["test/heavy/**/*.test.ts"]),
    ],
  },
  resolve: { conditions: ["inquest-source"] },
  ssr: { resolve: { conditions: ["inquest-source", "node", "import", "default"] } },
});
