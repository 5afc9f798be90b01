import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/process/projectRoot.js";
import { openRunAt } from "../../src/record/openRun.js";

const folder = join(projectRoot(), "data", "recorded", "qwen2.5-coder-7b-bigcodebench");
const data = process.env["SAFELAB_DATA"];
const official = "qwen2.5-coder-7b-instruct.bigcodebench-complete.official-verdicts.jsonl.gz";

/** Tasks whose verdict is not the official evaluator's, as `differences.md` lists them. */
async function listed(): Promise<string[]> {
  const text = await readFile(join(folder, "differences.md"), "utf8");
  return [...text.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => `BigCodeBench/${number}`).sort();
}

test("the recorded run of a real model opens offline, without code", async () => {
  const { rows } = await openRunAt(folder);
  const count = (status: string) => rows.filter(({ execution }) => execution === status).length;
  expect(rows).toHaveLength(1140);
  expect(["passed", "timedOut", "crashed", "tampered", "notRun"].map(count)).toEqual([560, 4, 0, 0, 0]);
  expect(rows.filter(({ code }) => typeof code === "string" && code !== "")).toEqual([]);
});

test.skipIf(data === undefined)(
  "differences.md lists exactly the verdicts that are not the official ones",
  async () => {
    const text = gunzipSync(await readFile(join(data ?? "", official))).toString("utf8");
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { task_id: string; status: string });
    const passed = new Map(lines.map(({ task_id, status }) => [task_id, status === "pass"]));
    const { rows } = await openRunAt(folder);
    const executed = rows.filter(({ scanHash }) => scanHash !== "");
    const differing = executed.filter(({ task, execution }) => (execution === "passed") !== passed.get(task));
    expect(differing.map(({ task }) => task).sort()).toEqual(await listed());
    expect(differing.length / executed.length).toBeLessThan(0.01);
  },
);
