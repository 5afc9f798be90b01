import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { InputError, SetupError } from "../../src/error.js";
import { importScans } from "../../src/scan/importScans.js";
import { requireScanners } from "../../src/scan/requireScanners.js";
import { bearerStandIn } from "./bearerStandIn.js";
import { runWithSamples } from "./runWithSamples.js";
import { temporaryFolder } from "./scanFolderOf.js";

test("a union with a scanner that is missing or unknown is an error before anything is generated or executed", async () => {
  const missing = await runWithSamples([], ["bandit", "bearer"]);
  await expect(requireScanners(missing, { bearerPath: "/nonexistent/bearer" })).rejects.toThrow(SetupError);
  const unknown = await runWithSamples([], ["magic"]);
  await expect(requireScanners(unknown)).rejects.toThrow(InputError);
});

test("scanners that work, and those of which reports were imported, pass", async () => {
  const { path, rules } = await bearerStandIn();
  const run = await runWithSamples(["x = 1\n"], ["bearer", "mine"]);
  const report = join(await temporaryFolder(), "report.json");
  await writeFile(report, JSON.stringify({ source: "Bearer", version: "1", findings: [], errors: [] }));
  await importScans(run, report, { as: "mine" });
  await expect(requireScanners(run, { bearerPath: path, bearerRules: rules })).resolves.toBeUndefined();
});
