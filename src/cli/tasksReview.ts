import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { InputError } from "../error.js";
import { tryCases } from "../execute/tryCases.js";
import { writeWhole } from "../record/writeWhole.js";
import { builtTasks } from "../task/builtTasks.js";
import type { CaseRecord } from "../task/caseRecord.js";
import { type CaseState, caseStates } from "../task/caseStates.js";
import { caseNamed, decideCase, type EditedCase } from "../task/decideCase.js";
import { pythonLiteral } from "../task/pythonLiteral.js";
import { readLiterals } from "../task/readLiterals.js";
import { reviewedCases } from "../task/reviewedCases.js";
import { appendCaseRecords, readCaseRecords } from "./caseFile.js";
import { caseLine, countsText } from "./caseLines.js";
import { withReferenceRunner } from "./referenceRunner.js";
import { casesTasks } from "./tasksBuild.js";

/** What `safelab tasks review` was asked. */
export interface ReviewOptions {
  readonly task?: string;
  readonly case?: string;
  readonly strike?: true;
  readonly accept?: true;
  readonly edit?: string;
  readonly who?: string;
  readonly why?: string;
  readonly open?: true;
  readonly write?: string;
  readonly signal: AbortSignal;
}

/** Lists generated cases, records a decision about one, or writes what is kept as a data set. */
export async function reviewCases(file: string, options: ReviewOptions): Promise<void> {
  if (!existsSync(file))
    throw new InputError(`no file ${file}: \`safelab tasks build-tests NAME --out ${file}\` makes it`);
  const records = await readCaseRecords(file);
  const { strike, accept, edit, case: name, write } = options;
  const verbs = [strike, accept, edit].filter((verb) => verb !== undefined).length;
  if (verbs > 1) throw new InputError("say one of --strike, --accept and --edit: a case gets one decision at a time");
  if (verbs === 1) return decide(file, records, options);
  if (name !== undefined)
    throw new InputError(`what about case "${name}"? Add --strike, --accept or --edit INPUTS, with --who and --why`);
  return write === undefined ? list(file, records, options) : writeTasks(records, write);
}

function list(file: string, records: readonly CaseRecord[], { task, open }: ReviewOptions): void {
  const shown = caseStates(records).filter(
    (each) => (task === undefined || each.task === task) && (open === undefined || each.state === "open"),
  );
  for (const id of new Set(shown.map((each) => each.task))) {
    console.log(id);
    for (const each of shown) if (each.task === id) console.log(caseLine(each));
  }
  const { counts } = reviewedCases(records);
  console.log(`${file}: ${countsText(counts)}`);
  if (counts.open > 0) console.log(`decide about each: safelab tasks review ${file} ${decisionForm}`);
}

/** How a case is decided about. */
const decisionForm = "--case g1 --accept --who NAME --why TEXT (or --strike, or --edit INPUTS)";

async function decide(file: string, records: readonly CaseRecord[], options: ReviewOptions): Promise<void> {
  const { task, case: name, who, why, strike, edit, signal } = options;
  if (name === undefined) throw new InputError("say which case with --case, e.g. --case g3");
  if (who === undefined || why === undefined) {
    const lacking = [...(who === undefined ? ["--who NAME"] : []), ...(why === undefined ? ["--why TEXT"] : [])];
    throw new InputError(`a decision about a case says who made it and why: add ${lacking.join(" and ")}`);
  }
  const named = { case: name, ...(task === undefined ? {} : { task }) };
  const decision = { event: strike ? "struck" : edit === undefined ? "accepted" : "edited", who, why } as const;
  if (edit === undefined) {
    const record = decideCase(records, named, decision);
    await appendCaseRecords(file, [record]);
  } else {
    // What cannot be edited anyway is not tried first.
    const known = caseNamed(records, named);
    const text = await inputsIn(edit);
    decideCase(records, named, decision, { text, ms: 0, lines: [] });
    await appendCaseRecords(file, [
      decideCase(records, named, decision, await triedEdit(known, { records, text, signal })),
    ]);
  }
  console.log(caseLine(caseNamed(await readCaseRecords(file), named)));
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Keyword arguments as given: JSON or a Python dictionary, or a file that holds one. */
async function inputsIn(given: string): Promise<string> {
  const text = (existsSync(given) ? await readFile(given, "utf8") : given).trim();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const [literal] = (await readLiterals([text], [])).literals;
    if (literal === undefined || "error" in literal || !isObject(literal.value))
      throw new InputError(
        `--edit ${text.slice(0, 80)}: neither a file nor an object of arguments in JSON or Python, e.g. '{"text": "a"}'`,
      );
    return text;
  }
  if (!isObject(value))
    throw new InputError(`--edit ${text.slice(0, 80)}: expected an object of arguments, e.g. '{"text": "a"}'`);
  return pythonLiteral(value);
}

/** Tries edited inputs beside all others of their task. @throws InputError where they make no test case. */
async function triedEdit(
  { dataset, task: id, case: name }: CaseState,
  { records, text, signal }: { records: readonly CaseRecord[]; text: string; signal: AbortSignal },
): Promise<EditedCase> {
  const [task] = await casesTasks(dataset, [id]);
  if (task === undefined) throw new RangeError(`no task ${id}`);
  const others = caseStates(records).filter(
    (each) => each.task === id && each.case !== name && each.state !== "struck",
  );
  const known = { ...task, cases: [...task.cases, ...others.map((each) => each.text)] };
  const [tried] = await withReferenceRunner(dataset, signal, (context) => tryCases(known, [text], context));
  if (tried?.ok === true) return tried;
  throw new InputError(
    `${text} makes no test case of task ${id}: ${tried?.why ?? "it was not tried"}; the case stays as it was`,
  );
}

/** Writes the reviewed tasks as a data set of their own. */
async function writeTasks(records: readonly CaseRecord[], file: string): Promise<void> {
  const name = /^(.+)-tasks\.jsonl$/.exec(basename(file))?.[1];
  if (name === undefined)
    throw new InputError(`--write ${file}: name it NAME-tasks.jsonl, after the new data set, e.g. mine-tasks.jsonl`);
  const { counts } = reviewedCases(records);
  if (counts.open > 0)
    throw new InputError(
      `${counts.open} of ${counts.generated} cases are open (list them with --open): decide about each first, ${decisionForm}`,
    );
  const tasks = builtTasks(await casesTasks(records[0]?.dataset ?? "", undefined), records, name);
  await writeWhole(file, tasks.map((task) => `${JSON.stringify(task)}\n`).join(""));
  const cases = tasks.reduce((sum, task) => sum + task.cases.length, 0);
  console.log(`${file}: ${tasks.length} tasks with ${cases} cases; ${countsText(counts)}`);
  console.log(`use it: safelab tasks add ${name} ${file}`);
}
