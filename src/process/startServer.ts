import { execa } from "execa";
import { InterruptedError, SetupError } from "../error.js";

/** How to start a server. The environment is exactly `env`. */
export interface ServerOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds until its first line on stdout must have come. */
  readonly readyMs: number;
  readonly signal?: AbortSignal;
}

/** A server that runs. */
export interface RunningServer {
  /** Its first line on stdout. */
  readonly firstLine: string;
  readonly pid: number;
  /** Why it ended, in words, once it has; empty while it runs. */
  ended(): string;
  /** Ends it and waits until it has ended. */
  stop(): Promise<void>;
}

const kept = 4096;

/**
 * Starts a program that runs until it is stopped, and waits for its first line on stdout. Its stdin stays open as long as this
 * process lives: a program that reads it to the end and exits then never outlives its parent, not even one that was killed.
 *
 * @throws SetupError when it cannot be started, ends before its first line (with its last words) or is silent for too long.
 * @throws InterruptedError when `signal` was aborted; the program is ended first.
 */
export async function startServer(
  file: string,
  args: readonly string[],
  options: ServerOptions,
): Promise<RunningServer> {
  // execa would register its SIGINT listener in the synchronous part of a notebook cell: see runProgram.
  await Promise.resolve();
  if (options.signal?.aborted === true) throw new InterruptedError(`${file} was not started`);
  const child = execa(file, [...args], {
    env: { ...options.env },
    extendEnv: false,
    reject: false,
    buffer: false,
    cleanup: false,
    stdin: "pipe",
    forceKillAfterDelay: 1000,
  });
  let words = "";
  let line = "";
  let ended = "";
  const end = child.then((result) => {
    const how = result.signal === undefined ? `with exit code ${result.exitCode ?? "none"}` : `by ${result.signal}`;
    const why = result.exitCode === undefined && result.signal === undefined ? result.originalMessage : how;
    ended = `it ended ${why ?? how}${words.trim() === "" ? "" : `: ${words.trim().split("\n").slice(-3).join(" ")}`}`;
  });
  child.stdin.on("error", () => undefined);
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-kept);
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await end;
  };

  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const outcome = await Promise.race([
    new Promise<"ready">((resolve) => {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        if (line.includes("\n")) return;
        line += text;
        if (line.includes("\n")) resolve("ready");
      });
    }),
    end.then(() => "ended" as const),
    new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), options.readyMs);
    }),
    new Promise<"aborted">((resolve) => {
      onAbort = () => resolve("aborted");
      options.signal?.addEventListener("abort", onAbort);
    }),
  ]);
  clearTimeout(timer);
  if (onAbort !== undefined) options.signal?.removeEventListener("abort", onAbort);
  if (outcome === "ready") {
    return { firstLine: line.slice(0, line.indexOf("\n")), pid: child.pid ?? 0, ended: () => ended, stop };
  }
  await stop();
  if (outcome === "aborted") throw new InterruptedError(`${file} was stopped`);
  throw new SetupError(
    outcome === "late" ? `${file} was not ready after ${options.readyMs / 1000} s` : `${file} did not start: ${ended}`,
  );
}
