import { execa } from "execa";
import { InterruptedError } from "../error.js";

/** How to start a program. The environment is exactly `env`: nothing is inherited. */
export interface ProgramOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  /** Milliseconds until the program is killed. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Most characters kept of each output stream; the program is killed beyond it. */
  readonly maxOutput?: number;
  /** Told every line of stdout and stderr as it comes. */
  readonly onLine?: (line: string) => void;
}

/** The end of a program, however it came about. `exitCode` is `null` when it did not exit by itself. */
export interface ProgramResult {
  readonly exitCode: number | null;
  readonly killedBy: string | null;
  readonly timedOut: boolean;
  readonly overflowed: boolean;
  /** Why the program could not be started at all; empty otherwise. */
  readonly notStarted: string;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end and reports how it ended; a failing program is a result, not an exception.
 *
 * @throws InterruptedError when `signal` was aborted; the program is killed first.
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  // execa registers its SIGINT listener synchronously; after one tick an interrupt of a notebook cell no longer ends the kernel.
  await Promise.resolve();
  const { onLine } = options;
  const tell =
    onLine === undefined
      ? []
      : [
          function* (line: unknown) {
            onLine(String(line));
            yield line;
          },
        ];
  const result = await execa(file, [...args], {
    env: { ...options.env },
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: options.maxOutput ?? 64 * 1024 * 1024,
    stdout: ["pipe", ...tell],
    stderr: ["pipe", ...tell],
    forceKillAfterDelay: 2000,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.input === undefined ? { stdin: "ignore" as const } : { input: options.input }),
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  });
  if (result.isCanceled) throw new InterruptedError(`${file} was stopped`);
  const started = result.exitCode !== undefined || result.signal !== undefined || result.timedOut || result.isMaxBuffer;
  return {
    exitCode: result.exitCode ?? null,
    killedBy: result.signal ?? null,
    timedOut: result.timedOut,
    overflowed: result.isMaxBuffer,
    notStarted: started ? "" : (result.originalMessage ?? "unknown reason"),
    stdout: String(result.stdout ?? ""),
    stderr: String(result.stderr ?? ""),
  };
}
