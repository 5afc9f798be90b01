import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tableRates } from "../../src/analysis/table5.js";
import { tableSecure } from "../../src/analysis/tableSecure.js";
import { openRunAt } from "../../src/record/openRun.js";
import { editStudy, openRunFolder } from "../../src/record/runFolder.js";
import { importScans } from "../../src/scan/importScans.js";
import { scanRun } from "../../src/scan/scanRun.js";
import { data, solutionsOf } from "./recordedBearer.js";
import { addSamples, runWithSamples, sampleOf } from "./runWithSamples.js";

const qwen = "qwen2.5-coder-7b-instruct.bigcodebench-complete";

// Counted in files, no finding being secure: 1 − 284/1140, 1 − 398/1140, 1 − 440/1140. Without the 25 on which Bearer failed: 398 of
// 1,115 and, one of the 25 being flagged by Bandit, 440 of 1,116.
test.skipIf(data === undefined)(
  "on the 1,140 Qwen generations the policies give the paper's .751, .651, .614, or .643 and .606 without failed scans",
  async () => {
    const run = await runWithSamples([], ["bandit", "bearer"]);
    const samples = solutionsOf(`${qwen}.generations.jsonl.gz`).map(({ task, code }, at) =>
      sampleOf(code, at, { task }),
    );
    await addSamples(run, samples);
    const facts = samples.map(({ dataset, task }) => ({ schemaVersion: 1, dataset, task, cwe: [], cases: 1 }));
    await writeFile(join(run.path, "tasks.jsonl"), facts.map((each) => `${JSON.stringify(each)}\n`).join(""));
    await importScans(run, join(data ?? "", "bearer", `${qwen}.jsonv2.gz`), { as: "bearer" });
    await scanRun(run);
    const ratesUnder = async (policies: object) => {
      await editStudy(await openRunFolder(run.path), ["policies"], policies);
      const { rows } = await openRunAt(run.path);
      const lines = tableSecure(rows).rows.map(({ n, flagged, secure }) => [
        ...[flagged?.value, n?.value, Number(secure?.value).toFixed(3)],
      ]);
      const [shared] = tableRates(rows).rows;
      return { lines, shared: [shared?.["secure"]?.hits, shared?.["secure"]?.total] };
    };
    expect(await ratesUnder({ unscannable: "secure", scanFailed: "secure" })).toEqual({
      lines: [
        [398, 1140, "0.651"],
        [284, 1140, "0.751"],
        [440, 1140, "0.614"],
      ],
      shared: [700, 1140],
    });
    expect(await ratesUnder({ unscannable: "secure" })).toEqual({
      lines: [
        [398, 1115, "0.643"],
        [284, 1140, "0.751"],
        [440, 1116, "0.606"],
      ],
      shared: [676, 1115],
    });
  },
  300_000,
);
