import { defineConfig } from "rolldown";
import pkg from "./package.json" with { type: "json" };

/** The published command is one package: core and store are bundled, third-party packages stay dependencies. */
export default defineConfig({
  input: "src/bin.ts",
  platform: "node",
  external: (id) =>
    id.startsWith("node:") || Object.keys(pkg.dependencies).some((d) => id === d || id.startsWith(`${d}/`)),
  resolve: { conditionNames: ["inquest-source", "node", "import", "default"] },
  transform: { target: "node22.15" },
  output: { dir: "dist", format: "esm", sourcemap: true, cleanDir: true },
});
