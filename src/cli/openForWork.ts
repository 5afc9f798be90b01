import type { Command } from "commander";
import { breakForeignLocks } from "../record/lock.js";
import { openRunFolder, type RunFolder } from "../record/runFolder.js";

/** The option of every command that writes records. */
export interface LockOption {
  readonly breakLock?: true;
}

/** Adds `--break-lock` to a command. */
export function withBreakLock(command: Command): Command {
  return command.option("--break-lock", "remove the locks of processes on other hosts: only if those are gone");
}

/** Opens the run folder that a command is to write to. */
export async function openForWork(folder: string, { breakLock }: LockOption): Promise<RunFolder> {
  const run = await openRunFolder(folder);
  if (breakLock) for (const name of await breakForeignLocks(run.path)) console.log(`removed the lock ${name}`);
  return run;
}
