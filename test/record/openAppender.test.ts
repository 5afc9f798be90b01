import { appendFile, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runProgram } from "../../src/process/runProgram.js";
import { breakForeignLocks } from "../../src/record/lock.js";
import { openAppender } from "../../src/record/openAppender.js";
import { readRecords } from "../../src/record/readRecords.js";
import { openRunFolder } from "../../src/record/runFolder.js";
import { runFolderWith, sample } from "./fixtures.js";

const emptyRun = async () => openRunFolder(await runFolderWith({}));
const lockOf = (path: string) => join(path, "samples.jsonl.lock");

test("appended records are read back in order", async () => {
  const run = await emptyRun();
  const appender = await openAppender(run, "samples");
  await Promise.all(["t1", "t2", "t3"].map((task) => appender.append(sample(task))));
  await appender.close();
  expect((await readRecords(run, "samples")).map(({ task }) => task)).toEqual(["t1", "t2", "t3"]);
});

test("a line that an earlier process left unfinished is cut off before the next record", async () => {
  const run = await openRunFolder(await runFolderWith({ "samples.jsonl": [sample("t1")] }));
  await appendFile(join(run.path, "samples.jsonl"), '{"schemaVersion":1,"data');
  const appender = await openAppender(run, "samples");
  await appender.append(sample("t2"));
  await appender.close();
  expect((await readRecords(run, "samples")).map(({ task }) => task)).toEqual(["t1", "t2"]);
});

test("a second writer on the same file is refused and told who holds it", async () => {
  const run = await emptyRun();
  const first = await openAppender(run, "samples");
  await expect(openAppender(run, "samples")).rejects.toThrow(`in use by process ${process.pid}`);
  await first.close();
  await (await openAppender(run, "samples")).close();
});

test("the lock of a process that died on this host is taken over", async () => {
  const run = await emptyRun();
  const { stdout } = await runProgram("sh", ["-c", "echo $$"], { env: { PATH: process.env["PATH"] ?? "" } });
  await writeFile(lockOf(run.path), JSON.stringify({ host: hostname(), pid: Number(stdout), started: "1" }));
  await (await openAppender(run, "samples")).close();
});

test("the lock of a process id that was given to another process since is taken over", async () => {
  const run = await emptyRun();
  await writeFile(lockOf(run.path), JSON.stringify({ host: hostname(), pid: process.pid, started: "1" }));
  await (await openAppender(run, "samples")).close();
});

test("a lock from another host stays until it is broken on purpose; one of this host stays then too", async () => {
  const run = await emptyRun();
  await writeFile(lockOf(run.path), JSON.stringify({ host: "elsewhere", pid: 1, started: "1" }));
  await expect(openAppender(run, "samples")).rejects.toThrow("--break-lock");
  expect(await readFile(lockOf(run.path), "utf8")).toContain("elsewhere");
  const own = await openAppender(run, "scans");
  expect(await breakForeignLocks(run.path)).toEqual(["samples.jsonl.lock"]);
  await expect(openAppender(run, "scans")).rejects.toThrow("in use");
  await own.close();
  await (await openAppender(run, "samples")).close();
});
