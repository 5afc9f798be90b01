import { planSamples } from "./planSamples.js";
import { readRecords } from "./readRecords.js";
import type { RunFolder } from "./runFolder.js";
import type { Sample, SampleKey } from "./schema/sample.js";
import { tasksByDataset } from "./tasksByDataset.js";

const keyOf = ({ dataset, task, prompt, model, method, repeat, index }: SampleKey) =>
  JSON.stringify([dataset, task, prompt, model, method, repeat, index]);

/** The recorded samples that a run's study asks for: a folder may hold others, of tasks or methods that its study no longer names. */
export async function plannedSamples(run: RunFolder): Promise<Sample[]> {
  const known = { path: run.path, study: run.study, tasks: await readRecords(run, "tasks", { whole: true }) };
  const planned = new Set(planSamples(run.study, tasksByDataset(known)).map(keyOf));
  return (await readRecords(run, "samples")).filter((sample) => planned.has(keyOf(sample)));
}
