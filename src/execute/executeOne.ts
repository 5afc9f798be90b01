import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../error.js";
import { readRecords } from "../record/readRecords.js";
import type { RunFolder } from "../record/runFolder.js";
import type { Sample } from "../record/schema/sample.js";
import { chooseIsolation, contextOf } from "./executeRun.js";
import { type ExecuteOutcome, executeSamples } from "./executeSamples.js";
import { planDataset } from "./planDataset.js";
import type { KeptFiles } from "./runWorker.js";

/** What a sample is called on the command line. */
const nameOf = ({ testHash, task, model, method, prompt, repeat, index }: Sample) =>
  `${testHash?.slice(0, 12) ?? ""}  ${task} ${model} ${method} ${prompt} ${repeat} ${index}`;

/** The one sample that `wanted` names: the beginning of its test hash, or its task where that has one text only. */
function findSample(samples: readonly Sample[], wanted: string): Sample {
  const executable = samples.filter(({ code }) => typeof code === "string");
  const found = executable.filter(({ testHash, task }) => task === wanted || testHash?.startsWith(wanted) === true);
  const texts = new Map(found.map((sample) => [`${sample.dataset} ${sample.task} ${sample.testHash}`, sample]));
  const [only] = texts.values();
  if (only !== undefined && texts.size === 1) return only;
  const list = [...texts.values()].slice(0, 10).map((sample) => `\n  ${nameOf(sample)}`);
  throw new InputError(
    texts.size === 0
      ? `no sample with code is called "${wanted}": give a task's id, or the beginning of a testHash in samples.jsonl`
      : `"${wanted}" names ${texts.size} samples; give the beginning of one's test hash:${list.join("")}`,
  );
}

/** Writes what a sample left, with names that stay within the folder. */
async function writeKept(folder: string, { files }: KeptFiles): Promise<void> {
  for (const [name, content] of files) {
    const parts = name.split("/").map((part) => (/^[\w.-]*\w[\w.-]*$/.test(part) ? part : encodeURIComponent(part)));
    const path = join(folder, ...parts.map((part) => (part.length > 200 ? part.slice(0, 200) : part)));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, "base64");
  }
}

/** One sample, executed for a look at it. */
export interface OneExecution {
  readonly outcome: ExecuteOutcome;
  /** Where its files are, and how many are not among them; `undefined` where it was not asked for. */
  readonly kept: { readonly folder: string; readonly files: number; readonly passed: number } | undefined;
}

/**
 * Executes one sample again, exactly as in a run, and records nothing.
 *
 * @param wanted a task's id or the beginning of a `testHash`.
 * @param keep folder for the files that the sample leaves in its own; what it held as links or devices is passed over.
 * @throws InputError when `wanted` names no sample or several, SetupError when the sandbox is missing.
 */
export async function executeOne(
  run: RunFolder,
  wanted: string,
  { keep, signal }: { readonly keep?: string; readonly signal?: AbortSignal } = {},
): Promise<OneExecution> {
  const sample = findSample(await readRecords(run, "samples"), wanted);
  const context = { isolation: await chooseIsolation("bubblewrap"), ...(await contextOf(sample.dataset, undefined)) };
  const { jobs, environment } = await planDataset(run, [sample], context);
  const left: KeptFiles[] = [];
  const options = {
    ...{ ...context, environment: environment.hash, exceptions: environment.exceptions, workers: 1 },
    ...(keep === undefined ? {} : { onKept: (files: KeptFiles) => void left.push(files) }),
    ...(signal === undefined ? {} : { signal }),
  };
  for await (const outcome of executeSamples(jobs, options)) {
    const [kept] = left;
    if (keep === undefined || kept === undefined) return { outcome, kept: undefined };
    await mkdir(keep, { recursive: true });
    await writeKept(keep, kept);
    return { outcome, kept: { folder: keep, files: kept.files.length, passed: kept.passed } };
  }
  throw new Error(`no outcome for ${wanted}`);
}
