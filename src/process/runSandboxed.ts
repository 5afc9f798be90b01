import type { Readable, Writable } from "node:stream";
import { execa } from "execa";
import { InterruptedError } from "../error.js";

/** How to run an untrusted program. Its environment is exactly `env`. */
export interface SandboxedOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly input: string;
  /** Milliseconds until it is killed. */
  readonly wallMs: number;
  /** Most bytes kept of stdout and stderr together, and of the report; what comes after is read and dropped. */
  readonly maxOutput: number;
  readonly maxReport: number;
  /**
   * How to end the program with all that it started. `namespace`: it is bubblewrap with a PID namespace, and tells the namespace's first
   * process on file descriptor 4 (`--info-fd 4`). `group`: it may have made a process group of its own.
   */
  readonly ends: "namespace" | "group";
  readonly signal?: AbortSignal;
}

/** What became of an untrusted program. */
export interface SandboxedResult {
  readonly exitCode: number | null;
  readonly killedBy: string | null;
  readonly timedOut: boolean;
  /** Why the program could not be started at all; empty otherwise. */
  readonly notStarted: string;
  /** stdout and stderr as they came, cut. */
  readonly output: string;
  /** What was written on file descriptor 3, cut. */
  readonly report: string;
  readonly reportCut: boolean;
  readonly ms: number;
}

/** Reads streams to their end and keeps the first bytes of all together. */
function keepFirst(streams: readonly Readable[], bound: number): { text: () => string; cut: () => boolean } {
  const kept: Buffer[] = [];
  let length = 0;
  let dropped = false;
  for (const stream of streams) {
    stream.on("error", () => undefined);
    stream.on("data", (chunk: Buffer) => {
      const part = chunk.subarray(0, bound - length);
      dropped ||= part.length < chunk.length;
      length += part.length;
      if (part.length > 0) kept.push(part);
    });
  }
  return { text: () => Buffer.concat(kept).toString("utf8"), cut: () => dropped };
}

function killNow(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already, or the group was never made.
  }
}

/**
 * The first process of bubblewrap's PID namespace; `undefined` where bubblewrap ended before it made one. The stream is read to its
 * end: bubblewrap writes on after the number, and would die of a closed pipe.
 */
function firstProcess(info: Readable): Promise<number | undefined> {
  let text = "";
  return new Promise((resolve) => {
    info.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      const found = /"child-pid":\s*(\d+)\D/.exec(text);
      if (found !== null) resolve(Number(found[1]));
    });
    info.on("error", () => undefined);
    info.on("close", () => resolve(undefined));
  });
}

/** What a promise gives within some time; `undefined` after it. */
function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  return Promise.race([promise, new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined).unref())]);
}

/** Time for bubblewrap to make its namespace, when it is to be ended before it has. */
const setUpMs = 2000;

/**
 * Runs an untrusted program: bounded output whatever it writes, a report on file descriptor 3, SIGKILL at the end of
 * its time. How it ended is a result, not an exception.
 *
 * @throws InterruptedError when `signal` was aborted; the program is killed first.
 */
export async function runSandboxed(
  file: string,
  args: readonly string[],
  options: SandboxedOptions,
): Promise<SandboxedResult> {
  // execa registers its SIGINT listener synchronously; after one tick an interrupt of a notebook cell no longer ends the kernel.
  await Promise.resolve();
  const isAborted = () => options.signal?.aborted === true;
  if (isAborted()) throw new InterruptedError(`${file} was not started`);
  const started = performance.now();
  const subprocess = execa(file, [...args], {
    env: { ...options.env },
    extendEnv: false,
    reject: false,
    buffer: false,
    stdio: ["pipe", "pipe", "pipe", "pipe", "pipe"],
  });
  const [stdin, stdout, stderr, third, fourth] = subprocess.stdio as unknown as [Writable, ...Readable[]];
  const streams = [stdout, stderr, third, fourth] as Readable[];
  const output = keepFirst(streams.slice(0, 2), options.maxOutput);
  const report = keepFirst(streams.slice(2, 3), options.maxReport);
  const first = firstProcess(streams[3] as Readable);
  stdin.on("error", () => undefined);
  stdin.end(options.input);

  let timedOut = false;
  // bubblewrap killed while it still sets up would leave the namespace behind, running: its first process goes first, where it gets so far.
  const kill = () => {
    if (options.ends === "group" && subprocess.pid !== undefined) killNow(-subprocess.pid);
    if (options.ends === "group") subprocess.kill("SIGKILL");
    else void within(first, setUpMs).then((pid) => (pid === undefined ? subprocess.kill("SIGKILL") : killNow(pid)));
  };
  const watch = setTimeout(() => {
    timedOut = true;
    kill();
  }, options.wallMs);
  options.signal?.addEventListener("abort", kill, { once: true });
  const result = await subprocess;
  clearTimeout(watch);
  options.signal?.removeEventListener("abort", kill);
  if (options.ends === "group" && subprocess.pid !== undefined) killNow(-subprocess.pid);
  if (isAborted()) throw new InterruptedError(`${file} was stopped`);
  const ran = result.exitCode !== undefined || result.signal !== undefined;
  return {
    exitCode: result.exitCode ?? null,
    killedBy: result.signal ?? null,
    timedOut,
    notStarted: ran ? "" : (result.originalMessage ?? "unknown reason"),
    output: output.text(),
    report: report.text(),
    reportCut: report.cut(),
    ms: performance.now() - started,
  };
}
