#!/usr/bin/env node
import { existsSync } from "node:fs";

const main = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error("safelab is not built yet: run `npm ci` (or `npm run build`) in the project's folder.");
  process.exitCode = 3;
}
