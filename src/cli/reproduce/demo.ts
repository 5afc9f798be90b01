import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError, reasonOf } from "../../error.js";
import { projectRoot } from "../../process/projectRoot.js";
import { openRunAt } from "../../record/openRun.js";
import { editStudy, openRunFolder, type RunFolder } from "../../record/runFolder.js";

/** The bundled demo study with its recorded verdicts. */
export function demoFolder(): string {
  return join(projectRoot(), "data", "demo");
}

/** What is asked, what the model answered with the labels of these answers, and the verdicts, each as the files that hold it. */
const asked = ["run.json", "tasks.jsonl"];
const answered = ["samples.nl.jsonl", "samples.ct.jsonl", "draws.jsonl", "labels.demonstration.jsonl"];
/** Where samples made anew stand: never beside the recorded ones. */
const anew = "samples.jsonl";
const judged = ["environments.jsonl", "executions.jsonl", "scans.jsonl"];

async function copyChanged(names: readonly string[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new InputError(`${folder} cannot be made (${reasonOf(cause)}): give another folder with --out`, { cause });
  });
  for (const name of names) {
    const [from, to] = [join(demoFolder(), name), join(folder, name)];
    const [source, copy] = await Promise.all([readFile(from), readFile(to).catch(() => undefined)]);
    if (copy === undefined || !source.equals(copy)) await copyFile(from, to);
  }
}

/** Where the demo is evaluated: a folder that only this command writes, so that no run of the user's is in its way. */
function ownFolder(out: string, name: string): string {
  return join(out, ".demo", name);
}

/** The demo's recorded samples with room for fresh verdicts; verdicts that are there stay. */
export async function demoSamples(out: string): Promise<RunFolder> {
  const folder = ownFolder(out, "run");
  await rm(join(folder, anew), { force: true });
  await copyChanged([...asked, ...answered], folder);
  return openRunFolder(folder);
}

/**
 * The demo's tasks with room for fresh samples. Where an earlier call was interrupted its samples stay and the rest follows;
 * where it had come to its end they are made anew.
 */
export async function demoTasks(out: string): Promise<RunFolder> {
  const folder = ownFolder(out, "generated");
  await copyChanged(asked, folder);
  const { run, rows } = await openRunAt(folder);
  if (rows.some(({ sampleStatus }) => sampleStatus === "missing" || sampleStatus === "endpointFailed")) return run;
  for (const name of [anew, ...judged]) await rm(join(folder, name), { force: true });
  return run;
}

/** The demo's recorded verdicts, marked so. */
export async function demoRecorded(out: string): Promise<RunFolder> {
  const folder = ownFolder(out, "recorded");
  await rm(folder, { recursive: true, force: true });
  await copyChanged([...asked, ...answered, ...judged], folder);
  return editStudy(await openRunFolder(folder), ["provenance"], "recorded, not re-executed");
}
