import { expect } from "vitest";
import type { Draw } from "../../src/record/schema/draw.js";
import type { Label } from "../../src/record/schema/label.js";
import { readHistory } from "../../src/record/readRecords.js";
import { openRunFolder } from "../../src/record/runFolder.js";
import type { Finding } from "../../src/record/schema/scan.js";
import { newDraw } from "../../src/label/newDraw.js";
import { execution, runFolderWith, sample, scan, study } from "../record/fixtures.js";

/** What a file of a run folder holds. */
type Files = Readonly<Record<string, string | readonly object[]>>;

const taskNames = (count: number) => Array.from({ length: count }, (_, i) => `t${String(i + 1).padStart(2, "0")}`);

/** The code of a task: its name is in it, so that a test can see on the page which one it is. */
export const codeOf = (task: string) =>
  `import os\n\ndef ${task}(name):\n    """</code><script>alert(1)</script>"""\n    os.system(name)\n`;

const key = (task: string, method: string) => ({
  scanHash: `scan-${task}-${method}`,
  testHash: `test-${task}-${method}`,
});

/** A run of so many tasks under base and a method that makes every sample secure and broken. Nothing is drawn yet. */
export function labelRun(count: number, files: Files = {}): Promise<string> {
  const tasks = taskNames(count);
  const methods = ["base", "tamer"];
  return runFolderWith({
    "run.json": JSON.stringify({ ...study, models: [{ name: "secretive-model" }], methods }),
    "tasks.jsonl": tasks.map((task) => ({ schemaVersion: 1, dataset: "d", task, cwe: [], cases: 2 })),
    "samples.jsonl": methods.flatMap((method) =>
      tasks.map((task) => {
        const code = method === "base" ? codeOf(task) : codeOf(task).replace("    os.system(name)\n", "    pass\n");
        return sample(task, { model: "secretive-model", method, code, ...key(task, method) });
      }),
    ),
    "executions.jsonl": methods.flatMap((method) =>
      tasks.map((task) =>
        execution(task, { testHash: key(task, method).testHash, status: method === "base" ? "passed" : "failed" }),
      ),
    ),
    "scans.jsonl": methods.flatMap((method) =>
      tasks.map((task) => {
        const finding: Finding = {
          ...{ ruleId: "B605", cwe: [78], message: "" },
          ...{ severity: "HIGH", confidence: "HIGH", lines: [5, 5] },
        };
        return scan(task, {
          scanHash: key(task, method).scanHash,
          status: method === "base" ? "insecure" : "secure",
          findings: method === "base" ? [finding] : [],
        });
      }),
    ),
    ...files,
  });
}

/** Draws all base samples for `security`. */
export async function drawBase(
  folder: string,
  options: { readonly seed?: number; readonly n?: number } = {},
): Promise<Draw> {
  const { seed = 1, n = "all" } = options;
  const filter = { dataset: [], model: [], method: ["base"] };
  return (await newDraw(folder, { question: "security", seed, n, strata: "none", filter })).draw;
}

/** Every line of the labels, in the order of the files. */
export async function historyOf(folder: string): Promise<Label[]> {
  return (await readHistory(await openRunFolder(folder), "labels")).map(({ record }) => record);
}

/** A label of a task's base sample. */
export function labelOf(task: string, annotator: string, value: string, fields: Partial<Label> = {}): Label {
  const { dataset, prompt, method, repeat, index } = sample(task);
  expect(method).toBe("base");
  return {
    schemaVersion: 1,
    ...{ dataset, task, prompt, model: "secretive-model", method, repeat, index },
    ...{ annotator, role: "annotator", question: "security", value, cwe: [], lines: [], note: "", seconds: 5 },
    ...fields,
  };
}
