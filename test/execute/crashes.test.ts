import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { executeRun } from "../../src/execute/executeRun.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { sha256 } from "../../src/record/canonical.js";
import { readRecords } from "../../src/record/readRecords.js";
import { createRunFolder, openRunFolder, type RunFolder } from "../../src/record/runFolder.js";
import type { Sample } from "../../src/record/schema/sample.js";
import { calibrate } from "../../src/task/calibrate.js";
import { loadTasks } from "../../src/task/loadTasks.js";
import { syncTaskFacts } from "../../src/task/syncTaskFacts.js";

const probe = await probeIsolation();
const dataset = "demo-unittest";
const built = existsSync(join(projectRoot(), "dist", "cli", "main.js"));
let folder = "";

/** A run whose samples take a moment each, so that something is always under way. */
async function makeRun(inside = folder, repeats = 3): Promise<RunFolder> {
  const { tasks } = await loadTasks(dataset);
  const study = { schemaVersion: 1, name: "t", datasets: [{ name: dataset }], models: [{ name: "m" }], repeats };
  const text = JSON.stringify({ ...study, methods: ["base"], prompts: ["nl"] });
  const run = await createRunFolder(join(inside, "run"), text);
  const samples = tasks.flatMap((task) =>
    Array.from({ length: repeats }, (_, repeat): Sample => {
      const body = task.style === "unittest" && /^\s/.test(task.reference) ? task.codePrompt : "";
      const code = `${body}${task.reference}\nimport time\ntime.sleep(0.05 * ${repeat})\n`;
      return {
        ...{ schemaVersion: 1, dataset, task: task.id, prompt: "nl", model: "m", method: "base", repeat, index: 0 },
        ...{ status: "generated", code, scanHash: sha256(code), testHash: sha256(calibrate(task, code)) },
        ...{ repairs: [], rounds: [] },
      };
    }),
  );
  await writeFile(join(run.path, "samples.jsonl"), samples.map((sample) => `${JSON.stringify(sample)}\n`).join(""));
  await syncTaskFacts(run);
  return openRunFolder(run.path);
}

/** The verdicts of the folder, each key once; an error where a record is there twice or is none. */
async function verdicts(run: RunFolder): Promise<string[]> {
  const lines = (await readFile(join(run.path, "executions.jsonl"), "utf8")).trimEnd().split("\n");
  const records = await readRecords(run, "executions");
  expect(records).toHaveLength(lines.length);
  return records.map(({ task, testHash, status }) => `${task} ${testHash} ${status}`).sort();
}

/** Host processes below this one whose command line holds a word. */
function descendants(word: string): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1)?.split(" ");
      parents.set(Number(name), Number(fields?.[1]));
    } catch {
      // Gone in the meantime.
    }
  }
  const isBelow = (pid: number): boolean => pid === process.pid || (parents.has(pid) && isBelow(parents.get(pid) ?? 0));
  return [...parents.keys()].filter((pid) => {
    try {
      return pid !== process.pid && isBelow(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(word);
    } catch {
      return false;
    }
  });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "safelab-crash-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(!probe.ok)("whatever is killed, no record is lost or doubled", () => {
  test.skipIf(!built)(
    "kill -9 of the driver at 20 random moments, and the run goes on where it was",
    async () => {
      const run = await makeRun(folder, 5);
      const program = [join(projectRoot(), "bin", "safelab.js"), "execute", run.path];
      const log = join(run.path, "executions.jsonl");
      const written = () => (existsSync(log) ? statSync(log).size : 0);
      for (let round = 0; round < 20; round++) {
        const driver = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "ignore"] });
        const ended = new Promise((resolve) => driver.once("close", resolve));
        const size = written();
        // Every other time while it starts, and else while records are written.
        for (let wait = 0; round % 2 === 0 && wait < 2000 && written() === size && driver.exitCode === null; wait++) {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        await new Promise((resolve) => setTimeout(resolve, Math.random() * (round % 2 === 0 ? 300 : 1500)));
        driver.kill("SIGKILL");
        await ended;
      }
      const before = existsSync(join(run.path, "executions.jsonl")) ? await readRecords(run, "executions") : [];
      const { counts, recorded } = await executeRun(run);
      expect(recorded).toBe(before.length);
      const samples = await readRecords(run, "samples");
      expect((counts["passed"] ?? 0) + recorded).toBe(samples.length);
      expect(await verdicts(run)).toEqual(samples.map(({ task, testHash }) => `${task} ${testHash} passed`).sort());
    },
    600_000,
  );

  test("kill -9 of workers and bubblewraps, and the samples under way are run again", async () => {
    const run = await makeRun();
    let kills = 0;
    const killer = setInterval(() => {
      const found = kills < 3 ? descendants("bwrap") : [];
      const victim = found[Math.floor(Math.random() * found.length)];
      if (victim === undefined) return;
      kills += 1;
      try {
        process.kill(victim, "SIGKILL");
      } catch {
        // Gone in the meantime.
      }
    }, 700);
    let summary;
    try {
      for (let tries = 0; tries < 5 && summary === undefined; tries++) {
        // A parent that is killed before it is up is told as an error; what was executed is kept.
        summary = await executeRun(run).catch(() => undefined);
      }
    } finally {
      clearInterval(killer);
    }
    const samples = await readRecords(run, "samples");
    expect(await verdicts(run)).toEqual(samples.map(({ task, testHash }) => `${task} ${testHash} passed`).sort());
    expect(kills).toBeGreaterThan(0);
  }, 300_000);

  const canMount = process.getuid?.() === 0 && process.platform === "linux";
  test.skipIf(!canMount)(
    "a full disk stops the run with its reason, and it goes on when there is room",
    async () => {
      const small = join(folder, "small");
      await mkdir(small);
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", small]);
      try {
        const run = await makeRun(small);
        const filler = join(small, "filler");
        execFileSync("sh", ["-c", `dd if=/dev/zero of=${filler} bs=4096 2>/dev/null || true`]);
        await expect(executeRun(run)).rejects.toThrow(/ENOSPC|no space/i);
        await rm(filler);
        await executeRun(run);
        expect(await verdicts(run)).toHaveLength((await readRecords(run, "samples")).length);
      } finally {
        execFileSync("umount", [small]);
      }
    },
    120_000,
  );
});
