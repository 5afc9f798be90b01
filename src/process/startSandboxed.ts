import type { Duplex, Readable } from "node:stream";
import { execa } from "execa";

/** How to start an untrusted program. Its environment is exactly `env`. */
export interface SandboxedOptions {
  readonly env: Readonly<Record<string, string>>;
  /** How many sockets it gets on file descriptors 5, 6, …, besides the one on 3. */
  readonly slots: number;
  /**
   * How to end the program with all that it started. `namespace`: it is bubblewrap with a PID namespace, and tells the namespace's first
   * process on file descriptor 4 (`--info-fd 4`). `process`: it ends its children itself when its sockets close.
   */
  readonly ends: "namespace" | "process";
}

/** An untrusted program that runs. */
export interface SandboxedProcess {
  /** The other end of its file descriptor 3. */
  readonly control: Duplex;
  /** The other ends of its file descriptors from 5 on. */
  readonly slots: readonly Duplex[];
  /** How it ended, e.g. `exit code 1` or `SIGKILL`, or why it could not be started; never rejects. */
  readonly ended: Promise<string>;
  /** The first 64 KiB of what it has printed so far. */
  readonly printed: () => string;
  /** Ends it and all that it started, at once. */
  readonly kill: () => void;
}

const printedBytes = 64 * 1024;
/** Time for bubblewrap to make its namespace, when it is to be ended before it has. */
const setUpMs = 2000;

/** Reads streams to their end and keeps the first bytes of all together. */
function keepFirst(streams: readonly Readable[]): () => string {
  const kept: Buffer[] = [];
  let length = 0;
  for (const stream of streams) {
    stream.on("error", () => undefined);
    stream.on("data", (chunk: Buffer) => {
      const part = chunk.subarray(0, printedBytes - length);
      length += part.length;
      if (part.length > 0) kept.push(part);
    });
  }
  return () => Buffer.concat(kept).toString("utf8");
}

function killNow(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already.
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

/** Starts an untrusted program with a socket to it on file descriptor 3 and on each of its slots. How it ends is a result, not an exception. */
export async function startSandboxed(
  file: string,
  args: readonly string[],
  { env, slots, ends }: SandboxedOptions,
): Promise<SandboxedProcess> {
  // execa registers its SIGINT listener synchronously; after one tick an interrupt of a notebook cell no longer ends the kernel.
  await Promise.resolve();
  const subprocess = execa(file, [...args], {
    env: { ...env },
    extendEnv: false,
    reject: false,
    buffer: false,
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", ...Array.from({ length: slots }, () => "pipe" as const)],
  });
  const [, stdout, stderr, control, info, ...others] = subprocess.stdio as unknown as Duplex[];
  const sockets = [control, ...others] as Duplex[];
  const printed = keepFirst([stdout, stderr] as Duplex[]);
  const first = firstProcess(info as Duplex);
  // A socket whose other end is gone is told by `ended`.
  for (const socket of sockets) socket.on("error", () => undefined);
  const ended = subprocess.then((result) => {
    if (result.signal !== undefined) return result.signal;
    return result.exitCode === undefined ? (result.originalMessage ?? "not started") : `exit code ${result.exitCode}`;
  });
  // bubblewrap killed while it still sets up would leave the namespace behind, running: its first process goes first, where it gets so far.
  const kill = () => {
    if (ends === "process") subprocess.kill("SIGKILL");
    else void within(first, setUpMs).then((pid) => (pid === undefined ? subprocess.kill("SIGKILL") : killNow(pid)));
  };
  return { control: control as Duplex, slots: others, ended, printed, kill };
}
