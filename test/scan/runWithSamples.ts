import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../src/record/canonical.js";
import { createRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import type { Sample } from "../../src/record/schema/sample.js";
import { temporaryFolder } from "./scanFolderOf.js";

/** A sample with this code, the `number`-th of its run. */
export function sampleOf(code: Sample["code"], number: number, changes: Partial<Sample> = {}): Sample {
  const hash = typeof code === "string" ? sha256(code) : null;
  return {
    schemaVersion: 1,
    dataset: "demo",
    task: `task/${number}`,
    prompt: "ct",
    model: "model",
    method: "base",
    repeat: 0,
    index: 0,
    status: code === null ? "empty" : "generated",
    code,
    scanHash: hash,
    testHash: hash,
    repairs: [],
    rounds: [],
    ...changes,
  };
}

/** A run folder with one sample per code. */
export async function runWithSamples(codes: readonly Sample["code"][], union = ["bandit"]): Promise<RunFolder> {
  const study = {
    schemaVersion: 1,
    name: "test",
    datasets: [{ name: "demo" }],
    models: [{ name: "model" }],
    methods: ["base"],
    prompts: ["ct"],
    union,
  };
  const run = await createRunFolder(join(await temporaryFolder(), "run"), JSON.stringify(study));
  await addSamples(
    run,
    codes.map((code, number) => sampleOf(code, number)),
  );
  return run;
}

export async function addSamples(run: RunFolder, samples: readonly Sample[]): Promise<void> {
  await appendFile(join(run.path, "samples.jsonl"), samples.map((sample) => `${JSON.stringify(sample)}\n`).join(""));
}
