import type { CasesTask } from "../task/task.js";
import { compareValues } from "./compareValues.js";
import { isPlain } from "./pythonValue.js";
import { linesOfCase, runFirstCase } from "./referenceLines.js";
import type { RunContext } from "./runWorker.js";

/** What became of a proposed case: usable with its time, or why it is not. */
export type TriedCase =
  | { readonly text: string; readonly ok: true; readonly ms: number; readonly lines: readonly number[] }
  | { readonly text: string; readonly ok: false; readonly why: string };

const unfit = /unexpected keyword argument|missing \d+ required|positional-only arguments passed as keyword/;

async function tried(task: CasesTask, context: RunContext, slowMs: number): Promise<TriedCase> {
  const text = task.cases[0] ?? "";
  const no = (why: string) => ({ text, ok: false, why }) as const;
  const first = await runFirstCase(task, task.reference, context);
  if (first.report.kind !== "result") return no(first.report.message);
  const { result } = first.report;
  if (result.t === "notLoaded") return no("the reference does not load");
  if (result.t === "raised" && result.type === "TypeError" && unfit.test(result.message))
    return no("it does not fit the arguments");
  if (result.t !== "raised" && !isPlain(result)) return no("its result is not plain data");
  if (first.ms > slowMs) return no(`it takes longer than ${slowMs} ms`);
  const second = await runFirstCase(task, task.reference, context);
  if (second.report.kind !== "result" || !compareValues(result, second.report.result, "typeAndMessage"))
    return no("the reference gives another result every time");
  return { text, ok: true, ms: first.ms, lines: await linesOfCase(task, context) };
}

/**
 * Runs a task's reference on proposed inputs, each twice and in a sandbox of its own, and tells which make test cases: plain data and the
 * same both times, fast enough, fitting the function's arguments, and not there already.
 *
 * @param proposed keyword arguments as Python literals
 */
export async function tryCases(
  task: CasesTask,
  proposed: readonly string[],
  { slowMs = 2000, ...context }: RunContext & { readonly slowMs?: number },
): Promise<TriedCase[]> {
  const spelled = (text: string) => text.replaceAll('"', "'").replaceAll(/\s/g, "");
  const known = new Set(task.cases.map(spelled));
  const results: TriedCase[] = [];
  for (const text of proposed) {
    if (known.has(spelled(text))) results.push({ text, ok: false, why: "it is there already" });
    else results.push(await tried({ ...task, cases: [text] }, context, slowMs));
    known.add(spelled(text));
  }
  return results;
}
