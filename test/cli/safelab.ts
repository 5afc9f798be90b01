import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostEnvironment } from "../../src/process/hostEnvironment.js";
import { type ProgramResult, runProgram } from "../../src/process/runProgram.js";
import { projectRoot } from "../../src/process/projectRoot.js";

/** Runs the built command line as a user does. */
export function safelab(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ProgramResult> {
  return runProgram(process.execPath, [join(projectRoot(), "bin", "safelab.js"), ...args], {
    env: { ...hostEnvironment(), ...env },
  });
}

/** The same as somebody who may not write everywhere: as root the user id is given up first. */
export function safelabAsOrdinaryUser(args: readonly string[]): Promise<ProgramResult> {
  if (process.getuid?.() !== 0) return safelab(args);
  const command = [process.execPath, join(projectRoot(), "bin", "safelab.js"), ...args];
  const drop = ["--reuid=65534", "--regid=65534", "--clear-groups"];
  return runProgram("setpriv", [...drop, ...command], { env: hostEnvironment() });
}

/** A new empty folder. */
export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "safelab-cli-"));
}
