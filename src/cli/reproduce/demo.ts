import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../process/projectRoot.js";
import { editStudy, openRunFolder, type RunFolder } from "../../record/runFolder.js";

/** The bundled demo study with its recorded verdicts. */
export function demoFolder(): string {
  return join(projectRoot(), "data", "demo");
}

/** What is asked, what the model answered, and the verdicts, each as the files that hold it. */
const asked = ["run.json", "tasks.jsonl"];
const answered = ["samples.jsonl"];
const judged = ["environments.jsonl", "executions.jsonl", "scans.jsonl"];

async function copyChanged(names: readonly string[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of names) {
    const [from, to] = [join(demoFolder(), name), join(folder, name)];
    const [source, copy] = await Promise.all([readFile(from), readFile(to).catch(() => undefined)]);
    if (copy === undefined || !source.equals(copy)) await copyFile(from, to);
  }
}

/** A run folder with the demo's recorded samples and room for fresh verdicts; verdicts that are there stay. */
export async function demoSamples(folder: string): Promise<RunFolder> {
  await copyChanged([...asked, ...answered], folder);
  return openRunFolder(folder);
}

/** A run folder with the demo's tasks and room for fresh samples; samples that are there stay. */
export async function demoTasks(folder: string): Promise<RunFolder> {
  await copyChanged(asked, folder);
  return openRunFolder(folder);
}

/** A run folder that shows the demo's recorded verdicts and says so. */
export async function demoRecorded(folder: string): Promise<RunFolder> {
  await rm(folder, { recursive: true, force: true });
  await copyChanged([...asked, ...answered, ...judged], folder);
  return editStudy(await openRunFolder(folder), ["provenance"], "recorded, not re-executed");
}
