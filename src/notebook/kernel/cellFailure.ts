import { inspect } from "node:util";
import { InputError, InterruptedError, SetupError } from "../../error.js";

/** Why a cell failed, in the fields of Jupyter's error message; `traceback` is what the cell shows, with terminal colours. */
export interface CellFailure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Bold and red, in a terminal as in a notebook's cell. */
export function red(text: string): string {
  return `\u001b[1;31m${text}\u001b[0m`;
}

const failure = (ename: string, evalue: string, further: readonly string[] = []): CellFailure => ({
  ename,
  evalue,
  traceback: [`${red(ename)}: ${evalue}`, ...further],
});

/** The failure of a cell that the user interrupted, with the words of the work that was stopped. */
export function interruptedFailure(thrown: unknown): CellFailure {
  const words = thrown instanceof InterruptedError ? thrown.message : "the cell was stopped";
  return failure("Interrupted", `${words}. The kernel and what earlier cells defined are still there`);
}

/** Lines of a stack that lie in the kernel and in Node: from the first on, the rest is how the cell was entered. */
const inside = /[\\/]tslab[\\/]dist[\\/]|[\\/]notebook[\\/]kernel[\\/]|node:/;

/** The way to the error, from the cell on. Of the cell it keeps the functions: its line numbers are those of compiled text. */
function wayTo(error: Error): string[] {
  const frames = inspect(error)
    .split("\n")
    .filter((line) => /^\s+at /.test(line));
  const end = frames.findIndex((line) => inside.test(line));
  return frames
    .slice(0, end === -1 ? frames.length : end)
    .filter((line) => !/at (?:async )?evalmachine/.test(line))
    .map((line) => line.replace(/evalmachine\.<anonymous>:\d+:\d+/, "this cell"));
}

/** The failure of a cell that threw: what the user can mend in its own sentence, anything else with its stack. */
export function thrownFailure(thrown: unknown): CellFailure {
  if (!(thrown instanceof Error)) return failure("Thrown", inspect(thrown));
  // A loop that gave nothing else a turn.
  if ("code" in thrown && thrown.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") return interruptedFailure(thrown);
  const expected = [InputError, SetupError, InterruptedError].some((kind) => thrown instanceof kind);
  return failure(thrown.name, thrown.message, expected ? [] : wayTo(thrown));
}
