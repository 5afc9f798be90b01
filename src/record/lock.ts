import { readFileSync } from "node:fs";
import { link, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { InputError, reasonOf } from "../error.js";

const Holder = z.object({ host: z.string(), pid: z.number().int(), started: z.string() });
type Holder = z.infer<typeof Holder>;

/** When a process started, in clock ticks since boot on Linux; a reused process id has another value. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return startOf(pid) === started;
}

async function readHolder(file: string): Promise<Holder | "gone" | "unreadable"> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return "gone";
  }
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return "unreadable";
  }
}

/** Takes a lock file that nobody can still hold out of the way; of several that try, one succeeds. */
async function clear(file: string): Promise<void> {
  const aside = `${file}.${process.pid}.stale`;
  await rename(file, aside).catch(() => undefined);
  await rm(aside, { force: true });
}

/** Puts the lock file in place with its content at once; fails with EEXIST where there is one. */
async function place(file: string, own: Holder): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, JSON.stringify(own));
  try {
    await link(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Removes the locks that processes on other hosts hold in a run folder. Only a person can know that those are gone.
 * Locks of this host stay: whether their holders live can be seen. Returns the names of the files removed.
 */
export async function breakForeignLocks(folder: string): Promise<string[]> {
  const broken: string[] = [];
  for (const name of (await readdir(folder)).filter((each) => each.endsWith(".jsonl.lock"))) {
    const file = join(folder, name);
    const holder = await readHolder(file);
    if (holder === "gone" || holder === "unreadable" || holder.host === hostname()) continue;
    await rm(file, { force: true });
    broken.push(name);
  }
  return broken;
}

/**
 * Takes the lock of a record file and returns what releases it. A holder that died on this host is replaced; one on
 * another host cannot be asked, so its lock stays until somebody says that it is gone (`breakForeignLocks`).
 *
 * @throws InputError naming the holder while another process works on the same file.
 */
export async function takeLock(recordFile: string): Promise<() => Promise<void>> {
  const file = `${recordFile}.lock`;
  const own: Holder = { host: hostname(), pid: process.pid, started: startOf(process.pid) };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      await place(file, own);
      return () => rm(file, { force: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") {
        throw new InputError(`${recordFile} cannot be written (${reasonOf(cause)})`, { cause });
      }
    }
    const holder = await readHolder(file);
    if (holder === "gone") continue;
    if (holder !== "unreadable") {
      if (holder.host !== own.host) {
        throw new InputError(
          `${recordFile} is in use by process ${holder.pid} on ${holder.host}; if that one is gone, say --break-lock`,
        );
      }
      if (isAlive(holder)) {
        throw new InputError(`${recordFile} is in use by process ${holder.pid}: wait for it or stop it`);
      }
    }
    await clear(file);
  }
  throw new InputError(`${file} cannot be taken: delete it if no other safelab works on this folder`);
}
