import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "../error.js";
import { defaultLimits } from "../execute/defaultLimits.js";
import { chooseIsolation, contextOf } from "../execute/executeRun.js";
import { openRunner } from "../execute/openRunner.js";
import { tryCases } from "../execute/tryCases.js";
import { openModel } from "../generate/openModel.js";
import { proposeCases } from "../generate/proposeCases.js";
import { StudyModel } from "../record/schema/study.js";
import { CaseRecord, reviewedCases } from "../task/caseRecord.js";
import { loadTasks } from "../task/loadTasks.js";
import { readEntries } from "../task/readEntries.js";

/** What `safelab tasks build-tests` was asked. */
export interface BuildOptions {
  readonly out: string;
  readonly model: string;
  readonly endpoint: string;
  readonly task?: readonly string[];
  readonly count: string;
  readonly seed: string;
  readonly signal: AbortSignal;
}

/** The records of a file of generated cases; none where there is no file yet. @throws InputError at the first line that is none. */
export async function readCaseRecords(path: string): Promise<CaseRecord[]> {
  const there = await readFile(path).then(
    () => true,
    () => false,
  );
  if (!there) return [];
  return (await readEntries(path, "records of generated test cases")).map(({ value, where }) => {
    const parsed = CaseRecord.safeParse(value);
    if (!parsed.success) throw new InputError(`${where}: no record of a generated test case`);
    return parsed.data;
  });
}

/** Adds records at the end of a file, whose folder is made. */
export async function appendCaseRecords(path: string, records: readonly CaseRecord[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
}

/** Has a model propose test cases for tasks of a data set, tries them on the references, and adds what came out to a file for review. */
export async function buildTests(dataset: string, options: BuildOptions): Promise<void> {
  const { out, model, signal } = options;
  const all = (await loadTasks(dataset)).tasks.flatMap((task) => (task.style === "cases" ? [task] : []));
  const tasks = options.task === undefined ? all : all.filter(({ id }) => options.task?.includes(id));
  if (tasks.length === 0) throw new InputError(`"${dataset}" has no task of the cases style that was asked for`);
  const records = await readCaseRecords(out);
  const context = { isolation: await chooseIsolation("bubblewrap"), ...(await contextOf(dataset, undefined)) };
  const studyModel = StudyModel.parse({ name: model, endpoint: options.endpoint, route: "chat" });
  const opened = await openModel(studyModel, { keys: () => undefined, concurrency: 1, signal });
  const runner = openRunner({ ...context, signal }, 1);
  try {
    for (const task of tasks) {
      const { kept } = reviewedCases(records.filter((each) => each.task === task.id));
      const known = { ...task, cases: [...task.cases, ...(kept.get(task.id) ?? [])] };
      const asked = { count: Number(options.count), seed: Number(options.seed), signal };
      const { cases, rejected } = await proposeCases(opened.endpoint, known, asked);
      const results = await tryCases(known, cases, { runner, limits: defaultLimits });
      let number = records.filter((each) => each.task === task.id).length;
      const of = { schemaVersion: 1, dataset, task: task.id, model } as const;
      const fresh = [...results, ...rejected.map((each) => ({ ...each, ok: false as const }))].map(
        (each): CaseRecord => {
          number += 1;
          const name = { ...of, case: `g${number}` };
          return each.ok
            ? { ...name, event: "generated", after: each.text, ms: each.ms, lines: [...each.lines] }
            : { ...name, event: "dropped", before: each.text, why: each.why };
        },
      );
      await appendCaseRecords(out, fresh);
      records.push(...fresh);
      const lines = new Set(fresh.flatMap((each) => (each.event === "generated" ? each.lines : [])));
      const made = fresh.filter(({ event }) => event === "generated").length;
      console.log(
        `${task.id}: ${made} of ${fresh.length} proposals became cases; they run ${lines.size} lines of the reference`,
      );
    }
  } finally {
    await runner.close();
    await opened.close();
  }
}
