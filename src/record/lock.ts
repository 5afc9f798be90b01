import { randomBytes } from "node:crypto";
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

/**
 * Puts a lock file in place with its content at once; fails with EEXIST where there is one. File systems without hard
 * links get it in two steps.
 */
async function place(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(temporary, text);
  try {
    await link(temporary, file);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "ENOSYS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    await writeFile(file, text, { flag: "wx" });
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Replaces the lock of a dead holder by our own, if it is still that lock. Those who try go one at a time, so that a
 * lock that somebody took meanwhile is never taken from him.
 */
async function takeOver(file: string, stale: string, own: string): Promise<boolean> {
  const turn = `${file}.turn`;
  try {
    await place(turn, own);
  } catch {
    const holder = await readHolder(turn);
    if (holder === "gone" || (typeof holder === "object" && isAlive(holder))) return false;
    await rm(turn, { force: true });
    return false;
  }
  try {
    if ((await readFile(file, "utf8").catch(() => undefined)) !== stale) return false;
    const temporary = `${file}.${randomBytes(6).toString("hex")}`;
    await writeFile(temporary, own);
    await rename(temporary, file);
    return true;
  } finally {
    await rm(turn, { force: true });
  }
}

/** Removes a lock file if it is still ours. */
async function release(file: string, own: string): Promise<void> {
  if ((await readFile(file, "utf8").catch(() => undefined)) === own) await rm(file, { force: true });
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
  const self: Holder = { host: hostname(), pid: process.pid, started: startOf(process.pid) };
  const own = JSON.stringify({ ...self, nonce: randomBytes(6).toString("hex") });
  const done = () => release(file, own);
  for (let attempt = 0; attempt < 50; attempt += 1) {
    try {
      await place(file, own);
      return done;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") {
        throw new InputError(
          `${recordFile} cannot be written (${reasonOf(cause)}): give a folder that you may write to`,
          {
            cause,
          },
        );
      }
    }
    const text = await readFile(file, "utf8").catch(() => "");
    const holder = await readHolder(file);
    if (holder === "gone") continue;
    if (holder !== "unreadable" && holder.host !== self.host) {
      throw new InputError(
        `${recordFile} is in use by process ${holder.pid} on ${holder.host}; if that one is gone, say --break-lock`,
      );
    }
    if (holder !== "unreadable" && isAlive(holder)) {
      throw new InputError(`${recordFile} is in use by process ${holder.pid}: wait for it or stop it`);
    }
    if (await takeOver(file, text, own)) return done;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new InputError(`${file} cannot be taken: delete it if no other safelab works on this folder`);
}
