import { InputError } from "../../error.js";
import { findPython } from "../../process/findPython.js";
import { sha256 } from "../../record/canonical.js";
import { openAppender } from "../../record/openAppender.js";
import { createRunFolder, type RunFolder } from "../../record/runFolder.js";
import type { Sample } from "../../record/schema/sample.js";
import { unparseable } from "../gateTexts.js";
import { readReferenceTasks, referenceCode, type ReferenceTask, type Version, versions } from "./referenceTask.js";

const dataset = "seccodeplt";
const model = "reference";

/** The study of an oracle: the two versions of each task as two methods. Code that does not parse tells nothing of a scanner. */
function studyText(union: readonly string[]): string {
  const study = {
    schemaVersion: 1,
    name: "seccodeplt-oracle",
    datasets: [{ name: dataset, tasks: "all" }],
    models: [{ name: model }],
    methods: versions,
    baseline: "vulnerable",
    prompts: ["ct"],
    policies: { unscannable: "exclude" },
    union,
  };
  return `${JSON.stringify(study, null, 2)}\n`;
}

/** The code of each version of each task: joined plainly, or with newlines between the parts where that does not parse. */
async function codesOf(tasks: readonly ReferenceTask[]): Promise<Map<ReferenceTask, Record<Version, string>>> {
  const plain = new Map(tasks.flatMap((task) => versions.map((v) => [referenceCode(task, v), true] as const)));
  const texts = new Map([...plain.keys()].map((code) => [sha256(code), code]));
  const broken = await unparseable(texts, (await findPython()).executable);
  const codeOf = (task: ReferenceTask, version: Version) => {
    const code = referenceCode(task, version);
    return broken.has(sha256(code)) ? referenceCode(task, version, "\n") : code;
  };
  return new Map(
    tasks.map((task) => [task, { vulnerable: codeOf(task, "vulnerable"), patched: codeOf(task, "patched") }]),
  );
}

function sampleOf(task: string, method: Version, code: string): Sample {
  return {
    ...{ schemaVersion: 1, dataset, task, prompt: "ct", model, method, repeat: 0, index: 0 },
    ...{ status: "generated", code, scanHash: sha256(code), testHash: null, repairs: [], rounds: [] },
  };
}

/**
 * Makes a run folder of code whose truth is known: the vulnerable and the patched version of every task of SecCodePLT, as the methods
 * `vulnerable` and `patched` of the model `reference`. It is scanned and judged like any other.
 *
 * @param tasksFile the publisher's tasks with their ground truth
 * @param union the scanners that are measured, and whose union is
 * @throws InputError for a file that is none, or a folder that is taken.
 */
export async function createOracle(folder: string, tasksFile: string, union: readonly string[]): Promise<RunFolder> {
  const tasks = await readReferenceTasks(tasksFile);
  if (new Set(tasks.map(({ id }) => id)).size !== tasks.length) throw new InputError(`${tasksFile}: an id comes twice`);
  const codes = await codesOf(tasks);
  const run = await createRunFolder(folder, studyText(union));
  const facts = await openAppender(run, "tasks");
  const samples = await openAppender(run, "samples");
  try {
    for (const task of tasks) {
      await facts.append({ schemaVersion: 1, dataset, task: task.id, cwe: [task.CWE_ID], cases: 0 });
      for (const version of versions)
        await samples.append(sampleOf(task.id, version, codes.get(task)?.[version] ?? ""));
    }
  } finally {
    await facts.close();
    await samples.close();
  }
  return run;
}
