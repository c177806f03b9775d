// Builds the page into bot/playground/page, where the wheel takes it from; `--out FOLDER` builds elsewhere.
import { copyFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.indexOf("--out");
const out = wanted > 0 ? resolve(process.argv[wanted + 1]) : join(here, "../bot/playground/page");

await build({
  absWorkingDir: here,
  entryPoints: [{ in: "src/main.tsx", out: "app" }, { in: "src/style/index.css", out: "app" }],
  outdir: join(out, "assets"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
});
await copyFile(join(here, "src/icon.svg"), join(out, "assets/icon.svg"));
await copyFile(join(here, "src/index.html"), join(out, "index.html"));
