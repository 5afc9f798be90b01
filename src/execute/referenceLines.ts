import type { CasesTask } from "../task/task.js";
import { type CaseReport, readCase } from "./casesVerdict.js";
import { type RunContext, runWorker } from "./runWorker.js";
import { CasesEvent } from "./workerEvents.js";
import { casesRequest } from "./workerRequest.js";

/** Runs the first case of a task on a code, in a sandbox of its own. */
export async function runFirstCase(
  task: CasesTask,
  code: string,
  context: RunContext,
): Promise<{ report: CaseReport; ms: number }> {
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

/**
 * Code whose `lines` gives the lines of the reference's functions that a trace can report: those of the code objects that are functions (flag 1,
 * CO_OPTIMIZED), without the line of \`def\`, on which the interpreter only enters.
 */
function listing({ reference }: CasesTask): string {
  return `
def lines(**arguments):
    found, waiting = set(), [compile(${JSON.stringify(reference)}, "reference.py", "exec")]
    while waiting:
        code = waiting.pop()
        waiting.extend(each for each in code.co_consts if hasattr(each, "co_code"))
        if code.co_flags & 1:
            own = {line for _, _, line in code.co_lines() if line is not None}
            found |= own - {code.co_firstlineno} if len(own) > 1 else own
    return sorted(found)
`;
}

async function numbersOf(task: CasesTask, code: string, context: RunContext): Promise<number[]> {
  const { report } = await runFirstCase(task, code, context);
  if (report.kind !== "result" || report.result.t !== "list") return [];
  return report.result.v.flatMap((line) => (line.t === "int" ? [Number(line.v)] : []));
}

/** Lines of the reference that a task's first case runs; none where it cannot be traced. */
export async function linesOfCase(task: CasesTask, context: RunContext): Promise<number[]> {
  return numbersOf({ ...task, setup: "", entryPoint: "traced" }, tracing(task), context);
}

/** The lines in functions of the reference that a test case can run; lines outside of functions run when it is loaded. */
export async function executableLines(task: CasesTask, context: RunContext): Promise<number[]> {
  return numbersOf({ ...task, setup: "", entryPoint: "lines", cases: ["{}"] }, listing(task), context);
}
