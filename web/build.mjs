// Bundles the islands and the style into dist/. Run by `cargo xtask web`.
import { build } from "esbuild";
import { rm } from "node:fs/promises";

await rm(new URL("dist", import.meta.url), { recursive: true, force: true });
await build({
  absWorkingDir: new URL(".", import.meta.url).pathname,
  entryPoints: ["src/console.ts", "src/console.css"],
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome123", "firefox120", "safari17.5"],
  charset: "utf8",
  logLevel: "warning",
});
