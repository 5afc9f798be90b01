import type { Executor } from "tslab/dist/executor.js";
import { runningCell } from "../../cellSignal.js";
import { type CellFailure, interruptedFailure, thrownFailure } from "./cellFailure.js";
import { type CellDiagnostic, compileFailure } from "./compileFailure.js";
import { executorWords } from "./executorWords.js";
import { rearmInterrupt } from "./rearmInterrupt.js";
import { showLast } from "./showLast.js";

/** Milliseconds that interrupted work has to stop by itself, so that the next cell finds its run folder unlocked. */
const graceMs = 5000;

/** What tslab's executor prints to: a cell's last value, and why a cell failed. */
export interface ExecutorConsole {
  readonly log: (value: unknown) => void;
  readonly error: (...words: unknown[]) => void;
}

/** An executor that tells why the last cell failed. */
export interface KernelExecutor extends Executor {
  readonly failure: () => CellFailure | undefined;
}

/** One cell while it runs. */
interface Course {
  readonly stop: AbortController;
  readonly diagnostics: CellDiagnostic[];
  readonly thrown: unknown[];
  /** Whether work in the cell listens to the signal: it will stop by itself. */
  listened: boolean;
  interrupted: boolean;
  grace: NodeJS.Timeout | undefined;
  /** The last value, while it is waited for and shown. */
  shown: Promise<void>;
  /** Ends that wait. */
  readonly leave: () => void;
  readonly left: Promise<void>;
}

function newCourse(): Course {
  let leave = (): void => undefined;
  const left = new Promise<void>((done) => (leave = done));
  return {
    stop: new AbortController(),
    diagnostics: [],
    thrown: [],
    listened: false,
    interrupted: false,
    grace: undefined,
    shown: Promise.resolve(),
    leave,
    left,
  };
}

function failureOf({ interrupted, diagnostics, thrown }: Course, source: string): CellFailure | undefined {
  if (interrupted) return interruptedFailure(thrown[0]);
  if (diagnostics.length > 0) return compileFailure(diagnostics, source);
  return thrown.length > 0 ? thrownFailure(thrown[0]) : undefined;
}

/**
 * tslab's executor with safelab's manners: a cell's last value is shown, a promise waited for first; refusals and errors are kept for the front end instead
 * of printed; an interrupt stops the work of all cells, waits for that of the current one to end, and leaves the kernel alive.
 *
 * @param make - makes tslab's own executor on a console
 * @param print - prints a last value that has no richer form
 */
export function kernelExecutor(
  make: (console: ExecutorConsole) => Executor,
  print: (value: unknown) => void,
): KernelExecutor {
  const controllers = new Set<AbortController>();
  let course = newCourse();
  let failure: CellFailure | undefined;
  const inner = make({
    log: (value) => {
      course.shown = showLast(value, print);
    },
    error: (...words) => {
      const said = executorWords(words);
      if (said.kind === "diagnostic") course.diagnostics.push(said.diagnostic);
      else course.thrown.push(said.thrown);
    },
  });

  async function execute(source: string): Promise<boolean> {
    const now = newCourse();
    course = now;
    controllers.add(now.stop);
    const cell = {
      get signal() {
        now.listened = true;
        return now.stop.signal;
      },
    };
    const running = runningCell.run(cell, () => inner.execute(source));
    rearmInterrupt();
    const ran = await running;
    await Promise.race([now.shown, now.left]).catch((error: unknown) => now.thrown.push(error));
    clearTimeout(now.grace);
    failure = failureOf(now, source);
    return ran && failure === undefined;
  }

  function interrupt(): void {
    for (const each of controllers) each.abort();
    controllers.clear();
    const now = course;
    const giveUp = () => {
      inner.interrupt();
      now.leave();
    };
    // A second interrupt does not wait.
    if (now.listened && !now.interrupted) now.grace = setTimeout(giveUp, graceMs);
    else giveUp();
    now.interrupted = true;
  }

  return { ...inner, execute, interrupt, failure: () => failure };
}
