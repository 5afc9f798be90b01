import type { CasesTask } from "../task/task.js";
import { type CaseReport, readCase } from "./casesVerdict.js";
import { compareValues } from "./compareValues.js";
import { isPlain } from "./pythonValue.js";
import { type RunContext, runWorker } from "./runWorker.js";
import { CasesEvent } from "./workerEvents.js";
import { casesRequest } from "./workerRequest.js";

/** What became of a proposed case: usable with its time, or why it is not. */
export type TriedCase =
  | { readonly text: string; readonly ok: true; readonly ms: number; readonly lines: readonly number[] }
  | { readonly text: string; readonly ok: false; readonly why: string };

async function once(task: CasesTask, code: string, context: RunContext): Promise<{ report: CaseReport; ms: number }> {
  const subject = `the reference of ${task.dataset} ${task.id}`;
  const { events, timedOut } = await runWorker(casesRequest(task, code), CasesEvent, { ...context, subject });
  const end = events.find((event) => event.event === "end");
  if (end?.event === "end") return { report: readCase(end), ms: end.ms };
  return { report: { kind: timedOut ? "timedOut" : "crashed", message: timedOut ? "too slow" : "it crashed" }, ms: 0 };
}

/** Code whose `traced` gives the lines of the reference that a call runs. */
function tracing({ reference, setup, entryPoint }: CasesTask): string {
  return `
import sys

def traced(**arguments):
    lines, names = set(), {}
    exec(${JSON.stringify(setup)}, names)
    exec(compile(${JSON.stringify(reference)}, "reference.py", "exec"), names)
    def trace(frame, event, argument):
        if frame.f_code.co_filename != "reference.py":
            return None
        if event == "line":
            lines.add(frame.f_lineno)
        return trace
    sys.settrace(trace)
    try:
        names[${JSON.stringify(entryPoint)}](**arguments)
    except BaseException:
        pass
    finally:
        sys.settrace(None)
    return sorted(lines)
`;
}

async function linesOf(task: CasesTask, context: RunContext): Promise<number[]> {
  const { report } = await once({ ...task, setup: "", entryPoint: "traced" }, tracing(task), context);
  if (report.kind !== "result" || report.result.t !== "list") return [];
  return report.result.v.flatMap((line) => (line.t === "int" ? [Number(line.v)] : []));
}

const unfit = /unexpected keyword argument|missing \d+ required|positional-only arguments passed as keyword/;

async function tried(task: CasesTask, context: RunContext, slowMs: number): Promise<TriedCase> {
  const text = task.cases[0] ?? "";
  const no = (why: string) => ({ text, ok: false, why }) as const;
  const first = await once(task, task.reference, context);
  if (first.report.kind !== "result") return no(first.report.message);
  const { result } = first.report;
  if (result.t === "notLoaded") return no("the reference does not load");
  if (result.t === "raised" && result.type === "TypeError" && unfit.test(result.message))
    return no("it does not fit the arguments");
  if (result.t !== "raised" && !isPlain(result)) return no("its result is not plain data");
  if (first.ms > slowMs) return no(`it takes longer than ${slowMs} ms`);
  const second = await once(task, task.reference, context);
  if (second.report.kind !== "result" || !compareValues(result, second.report.result, "typeAndMessage"))
    return no("the reference gives another result every time");
  return { text, ok: true, ms: first.ms, lines: await linesOf(task, context) };
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
