import { resolve } from "node:path";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { runProgram } from "../process/runProgram.js";

/** The absolute path of a program on this process's PATH; `undefined` where there is none. */
export async function programPath(name: string): Promise<string | undefined> {
  const { exitCode, stdout } = await runProgram("/bin/sh", ["-c", 'command -v "$1"', "sh", name], {
    env: hostEnvironment(),
    timeoutMs: 10_000,
  });
  return exitCode === 0 && stdout.trim() !== "" ? resolve(stdout.trim()) : undefined;
}
