import { InputError } from "../error.js";
import { executableLines, linesOfCase } from "../execute/referenceLines.js";
import type { RunContext } from "../execute/runWorker.js";
import { tryCases } from "../execute/tryCases.js";
import { embeddedModel } from "../generate/embeddedServer.js";
import type { Endpoint } from "../generate/endpoint.js";
import { openModel } from "../generate/openModel.js";
import { proposeCases } from "../generate/proposeCases.js";
import { StudyModel } from "../record/schema/study.js";
import type { CaseRecord } from "../task/caseRecord.js";
import { caseStates } from "../task/caseStates.js";
import { loadTasks } from "../task/loadTasks.js";
import { reviewedCases } from "../task/reviewedCases.js";
import type { CasesTask } from "../task/task.js";
import { appendCaseRecords, readCaseRecords } from "./caseFile.js";
import { countsText } from "./caseLines.js";
import { withReferenceRunner } from "./referenceRunner.js";

/** What `safelab tasks build-tests` was asked. */
export interface BuildOptions {
  readonly out: string;
  readonly model: string;
  readonly endpoint: string;
  readonly task?: readonly string[];
  readonly count: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** The tasks of a data set that cases can be made for: all, or those asked for. @throws InputError naming one that is not there. */
export async function casesTasks(dataset: string, asked: readonly string[] | undefined): Promise<CasesTask[]> {
  const all = (await loadTasks(dataset)).tasks.flatMap((task) => (task.style === "cases" ? [task] : []));
  if (all.length === 0)
    throw new InputError(`"${dataset}" has no task of the cases style: test cases are made for those only`);
  const unknown = asked?.find((id) => !all.some((task) => task.id === id));
  if (unknown !== undefined)
    throw new InputError(
      `"${dataset}" has no task "${unknown}" of the cases style; it has ${all.map(({ id }) => id).join(", ")}`,
    );
  return asked === undefined ? all : all.filter(({ id }) => asked.includes(id));
}

/** Asks the model for cases of one task and tries them; returns what is to be recorded. */
async function recordsOf(
  task: CasesTask,
  before: readonly CaseRecord[],
  { endpoint, context, options }: { endpoint: Endpoint; context: RunContext; options: BuildOptions },
): Promise<CaseRecord[]> {
  const { count, seed, signal, model } = options;
  const known = { ...task, cases: [...task.cases, ...(reviewedCases(before).kept.get(task.id) ?? [])] };
  const { cases, rejected } = await proposeCases(endpoint, known, { count, seed, signal });
  const results = [
    ...(await tryCases(known, cases, context)),
    ...rejected.map((each) => ({ ...each, ok: false as const })),
  ];
  const generated = new Set(before.map((each) => each.case)).size;
  return results.map((each, at): CaseRecord => {
    const name = {
      ...({ schemaVersion: 1, dataset: task.dataset, task: task.id, model } as const),
      case: `g${generated + at + 1}`,
    };
    return each.ok
      ? { ...name, event: "generated", after: each.text, ms: each.ms, lines: [...each.lines] }
      : { ...name, event: "dropped", before: each.text, why: each.why };
  });
}

/** How many of the reference's executable lines run, with the cases that were there and with the kept ones beside them. */
async function coverageText(task: CasesTask, records: readonly CaseRecord[], context: RunContext): Promise<string> {
  const executable = new Set(await executableLines(task, context));
  const ran = new Set<number>();
  for (const text of task.cases)
    for (const line of await linesOfCase({ ...task, cases: [text] }, context)) ran.add(line);
  const share = () => {
    const hits = [...ran].filter((line) => executable.has(line)).length;
    return executable.size === 0
      ? "none"
      : `${Math.round((100 * hits) / executable.size)} % (${hits} of ${executable.size})`;
  };
  const own = share();
  for (const { state, lines } of caseStates(records)) if (state !== "struck") for (const line of lines) ran.add(line);
  return `executable lines of the reference that run: ${own} with its own cases, ${share()} with the kept ones`;
}

/** Where no proposal became a case: why, and what to try. */
export function noCaseLines(
  fresh: readonly CaseRecord[],
  { model, seed }: Pick<BuildOptions, "model" | "seed">,
): string[] {
  if (fresh.some(({ event }) => event === "generated")) return [];
  const reasons = new Map<string, number>();
  for (const each of fresh) if (each.event === "dropped") reasons.set(each.why, (reasons.get(each.why) ?? 0) + 1);
  const told = [...reasons].sort(([, a], [, b]) => b - a).map(([why, count]) => `${count} × ${why}`);
  const better =
    model === embeddedModel ? ", or a larger model than the embedded one: --model NAME --endpoint URL" : "";
  return [
    `no case was kept: ${told.length === 0 ? "the model proposed none" : told.join("; ")}`,
    `try again with another seed (--seed ${seed + 1}) or more proposals (--count)${better}; each call adds to the file`,
  ];
}

/** Has a model propose test cases for tasks of a data set, tries them on the references, and adds what came out to a file for review. */
export async function buildTests(dataset: string, options: BuildOptions): Promise<void> {
  const { out, model, signal } = options;
  const tasks = await casesTasks(dataset, options.task);
  const records = await readCaseRecords(out);
  const foreign = records.find((each) => each.dataset !== dataset);
  if (foreign !== undefined)
    throw new InputError(`${out} holds cases of the data set "${foreign.dataset}": name another file with --out`);
  const all: CaseRecord[] = [];
  const studyModel = StudyModel.parse({ name: model, endpoint: options.endpoint, route: "chat" });
  await withReferenceRunner(dataset, signal, async (context) => {
    const opened = await openModel(studyModel, { keys: () => undefined, concurrency: 1, signal });
    try {
      for (const task of tasks) {
        const before = records.filter((each) => each.task === task.id);
        const fresh = await recordsOf(task, before, { endpoint: opened.endpoint, context, options });
        await appendCaseRecords(out, fresh);
        records.push(...fresh);
        all.push(...fresh);
        const made = fresh.filter(({ event }) => event === "generated").length;
        console.log(`${task.id}: ${made} of ${fresh.length} proposals became cases`);
        console.log(`  ${await coverageText(task, [...before, ...fresh], context)}`);
        for (const each of fresh)
          if (each.event === "dropped") console.log(`  dropped: ${each.why}: ${each.before.slice(0, 80)}`);
      }
    } finally {
      await opened.close();
    }
  });
  for (const line of noCaseLines(all, options)) console.log(line);
  console.log(`${out}: ${countsText(reviewedCases(records).counts)}; look at them: safelab tasks review ${out}`);
}
