import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/process/projectRoot.js";
import { openRecorded } from "../../src/notebook/openRecorded.js";
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

/** Numbers of the tasks in the first column of a README's tables. */
async function tasksIn(name: string): Promise<string[]> {
  const text = await readFile(join(projectRoot(), "data", "recorded", name, "README.md"), "utf8");
  return [...text.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => `BigCodeBench/${number}`).sort();
}

test("the recorded canonical solutions pass but for those whose failure is explained", async () => {
  const { rows } = await openRecorded("references-bigcodebench");
  expect(rows).toHaveLength(1140);
  const failing = rows.filter(({ execution }) => execution !== "passed");
  expect(failing.map(({ task }) => task).sort()).toEqual(await tasksIn("references-bigcodebench"));
  expect(rows.filter(({ execution }) => execution === "notRun")).toEqual([]);
});

/** Samples that pass by the study's own count, with the official evaluator. */
const published: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "codellama-7b-instruct": { fp16: 256, awq: 254, "gguf-q4km": 241, aqlm: 311, "quip-sharp": 131 },
  "qwen2.5-coder-7b-instruct": { fp16: 471, awq: 467, "gguf-q4km": 455, aqlm: 463, "quip-sharp": 361 },
};

test("every set of the quantisation study passes as often as its authors counted, within 1.5 points", async () => {
  const { rows } = await openRecorded("quantization-bigcodebench");
  for (const [model, methods] of Object.entries(published))
    for (const [method, expected] of Object.entries(methods)) {
      const own = rows.filter((row) => row.model === model && row.method === method);
      expect(own).toHaveLength(1140);
      expect(own.filter(({ execution }) => execution === "notRun")).toEqual([]);
      const passed = own.filter(({ execution }) => execution === "passed").length;
      expect(Math.abs(passed - expected) / 1140, `${model} ${method}: ${passed}`).toBeLessThan(0.015);
    }
});

test("SecCodePLT's patched code passes all of its own tests that decide anything, the vulnerable code a third", async () => {
  const { rows } = await openRecorded("seccodeplt-references");
  const of = (method: string) => rows.filter((row) => row.method === method && row.execution !== "notRun");
  expect(rows).toHaveLength(2 * 1199);
  expect([of("patched").length, of("vulnerable").length]).toEqual([1145, 1145]);
  expect(of("patched").filter(({ execution }) => execution !== "passed")).toEqual([]);
  expect(of("vulnerable").filter(({ execution }) => execution === "passed")).toHaveLength(381);
});
