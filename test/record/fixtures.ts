import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Execution } from "../../src/record/schema/execution.js";
import type { Sample } from "../../src/record/schema/sample.js";
import type { Scan } from "../../src/record/schema/scan.js";
import { Study } from "../../src/record/schema/study.js";
import type { TaskFacts } from "../../src/record/schema/taskFacts.js";

/** A study of one data set, one model and one method. */
export const study = Study.parse({
  schemaVersion: 1,
  name: "four rows",
  datasets: [{ name: "d" }],
  models: [{ name: "m" }],
  methods: ["base"],
  prompts: ["nl"],
});

export const tasks: readonly TaskFacts[] = ["t1", "t2", "t3", "t4"].map((task) => ({
  schemaVersion: 1,
  dataset: "d",
  task,
  cwe: task === "t1" ? [78] : [],
  cases: 2,
}));

export function sample(task: string, fields: Partial<Sample> = {}): Sample {
  return {
    schemaVersion: 1,
    dataset: "d",
    task,
    prompt: "nl",
    model: "m",
    method: "base",
    repeat: 0,
    index: 0,
    status: "generated",
    code: `code of ${task}`,
    scanHash: `scan-${task}`,
    testHash: `test-${task}`,
    repairs: [],
    rounds: [],
    ...fields,
  };
}

export function execution(task: string, fields: Partial<Execution> = {}): Execution {
  return {
    schemaVersion: 1,
    dataset: "d",
    task,
    testHash: `test-${task}`,
    environment: "e1",
    status: "passed",
    reason: "",
    cases: ["a", "b"].map((name) => ({ name, outcome: "passed", message: "", ms: 1 })),
    output: "",
    seconds: 0.1,
    peakMiB: null,
    ...fields,
  };
}

export function scan(task: string, fields: Partial<Scan> = {}): Scan {
  return {
    schemaVersion: 1,
    scanHash: `scan-${task}`,
    scanner: "bandit",
    version: "1.9.4",
    rulesHash: "r1",
    status: "secure",
    reason: "",
    findings: [],
    ...fields,
  };
}

/** A new run folder with these files, content as given or one JSON line per entry. */
export async function runFolderWith(files: Readonly<Record<string, string | readonly object[]>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "safelab-run-"));
  const all: Record<string, string | readonly object[]> = { "run.json": JSON.stringify(study), ...files };
  for (const [name, content] of Object.entries(all)) {
    const text = typeof content === "string" ? content : content.map((line) => `${JSON.stringify(line)}\n`).join("");
    await writeFile(join(folder, name), text);
  }
  return folder;
}
