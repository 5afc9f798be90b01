import { SetupError } from "../error.js";
import { type ProgramOptions, type ProgramResult, runProgram } from "../process/runProgram.js";

/** The end of a scanner's run that says something, or why it does not. */
export type ScannerRun =
  { readonly kind: "ended"; readonly result: ProgramResult } | { readonly kind: "broken"; readonly reason: string };

/** How to run a scanner: as any program, with bounds. */
export interface ScannerRunOptions extends ProgramOptions {
  readonly timeoutMs: number;
  readonly maxOutput: number;
}

/**
 * Runs a scanner to its end. A time-out, too much output or a signal is a broken run.
 *
 * @param title the scanner's name in messages
 * @throws SetupError when it cannot be started, InterruptedError when `signal` was aborted.
 */
export async function runScanner(
  title: string,
  [file, ...args]: readonly [string, ...string[]],
  options: ScannerRunOptions,
): Promise<ScannerRun> {
  const result = await runProgram(file, args, options);
  if (result.notStarted !== "") throw new SetupError(`${title} cannot be started: ${result.notStarted}`);
  if (result.timedOut) return { kind: "broken", reason: `no answer in ${options.timeoutMs / 1000} s` };
  if (result.overflowed)
    return { kind: "broken", reason: `more than ${options.maxOutput / 1024 / 1024} MiB of output` };
  if (result.killedBy !== null) return { kind: "broken", reason: `ended by ${result.killedBy}` };
  return { kind: "ended", result };
}

/** The last words of the first text that says anything, to end a sentence with. */
export function lastWords(...texts: readonly string[]): string {
  const words = texts.map((text) => text.trim()).find((text) => text !== "") ?? "no output";
  return (words.split("\n").at(-1) ?? "").slice(0, 300);
}
