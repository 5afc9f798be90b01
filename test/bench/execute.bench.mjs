// safelab's pool against BigCodeBench's own evaluator on the Qwen generations in SAFELAB_DATA: wall time, processor time, and the rest
// that remains of both when the tests' own work is subtracted. Run after a build: node test/bench/execute.bench.mjs [--every 5]
// The official evaluator is taken from .cache/bigcodebench (pip install --no-deps --target .cache/bigcodebench bigcodebench==0.2.5);
// where it is absent, one fresh Python process per sample stands in for it. Own work = the processor time of the samples' processes
// in safelab's run, from before the sample is loaded to the end of its tests.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { runControls } from "../../dist/execute/controls.js";
import { libraryLimits } from "../../dist/execute/defaultLimits.js";
import { importedOften } from "../../dist/execute/importedOften.js";
import { findInterpreter } from "../../dist/execute/interpreter.js";
import { longestFirst } from "../../dist/execute/longestFirst.js";
import { openRunner } from "../../dist/execute/openRunner.js";
import { probeIsolation } from "../../dist/execute/probeIsolation.js";
import { runWorker } from "../../dist/execute/runWorker.js";
import { unittestVerdict } from "../../dist/execute/unittestVerdict.js";
import { UnittestEvent } from "../../dist/execute/workerEvents.js";
import { requireBenchmark } from "../../dist/process/benchmarkVenv.js";
import { calibrate } from "../../dist/task/calibrate.js";
import { readTaskFile } from "../../dist/task/readTaskFile.js";
import { testNames } from "../../dist/task/testNames.js";
import { watchMemory } from "./treeMemory.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const { values } = parseArgs({ options: { every: { type: "string", default: "5" }, side: { type: "string" } } });
const data = process.env.SAFELAB_DATA ?? "data/external";
const generations = "qwen2.5-coder-7b-instruct.bigcodebench-complete.generations.jsonl.gz";
const workers = Math.max(2, availableParallelism());
const least = { wallRatio: 2.5, overheadRatio: 10, agreement: 0.99 };
const python = await requireBenchmark("bigcodebench");

const lines = gunzipSync(await readFile(join(data, generations)))
  .toString("utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
const { tasks } = await readTaskFile("bigcodebench", join(data, "bigcodebench-tasks.jsonl.gz"));
const byId = new Map(tasks.map((task) => [task.id, task]));
const chosen = lines
  .filter((_, index) => index % Number(values.every) === 0)
  .map(({ task_id: id, solution }) => {
    const task = byId.get(id);
    return { id, task, text: calibrate(task, solution) };
  });

/** The safelab side, in a process of its own, so that all that it started is in its parent's account. */
async function runSafelab() {
  const probe = await probeIsolation();
  if (!probe.ok) throw new Error(probe.reason);
  const interpreter = await findInterpreter(python);
  const names = await testNames(
    chosen.map(({ task }) => task),
    interpreter.executable,
  );
  const jobs = longestFirst(
    chosen.map(({ task, id, text: code }) => ({ task, testHash: id, text: code, names: names.get(id) })),
    [],
  );
  const imports = importedOften(chosen.map(({ task }) => task));
  const context = { isolation: probe.isolation, interpreter, limits: libraryLimits, imports };
  const begun = performance.now();
  const runner = openRunner(context, workers);
  await runControls({ ...context, runner, exceptions: "typeAndMessage", environment: "" });
  const verdicts = {};
  let own = 0;
  const one = async ({ task, testHash, text: code, names: known }) => {
    const request = { style: "unittest", code, test: task.test, entryPoint: task.entryPoint, names: known };
    const run = await runWorker(request, UnittestEvent, { runner, limits: libraryLimits, subject: testHash });
    verdicts[testHash] = unittestVerdict(known, run).status === "passed";
    const [start, end] = ["begun", "exit"].map((name) => run.events.find(({ event }) => event === name)?.cpuMs ?? 0);
    own += Math.max(0, end - start) / 1000;
  };
  const waiting = [...jobs];
  const work = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await one(job);
  };
  await Promise.all(Array.from({ length: runner.slots }, work));
  await runner.close();
  const wall = (performance.now() - begun) / 1000;
  console.log(JSON.stringify({ verdicts, own, wall }));
}

/** A control group of our own, which counts the processor time of all that runs in it, ended or killed. Needs root. */
function accountGroup() {
  const v1 = "/sys/fs/cgroup/cpuacct";
  const group = join(existsSync(v1) ? v1 : "/sys/fs/cgroup", `safelab-bench-${process.pid}-${Date.now()}`);
  mkdirSync(group);
  const seconds = () => {
    const usage = join(group, "cpuacct.usage");
    if (existsSync(usage)) return Number(readFileSync(usage, "utf8")) / 1e9;
    return Number(/usage_usec (\d+)/.exec(readFileSync(join(group, "cpu.stat"), "utf8"))?.[1]) / 1e6;
  };
  /** Processes that were killed may take a moment to be gone. */
  const remove = async (tries = 50) => {
    try {
      rmdirSync(group);
    } catch (error) {
      if (tries === 0) throw error;
      await setTimeout(100);
      await remove(tries - 1);
    }
  };
  return { enter: join(group, "cgroup.procs"), seconds, remove };
}

/**
 * Runs a program to its end; what its last line says, the processor seconds of all that it started, and the most memory that this held at a
 * time. To look at memory takes processor time, which is spent here and so in nobody's account.
 */
async function measured(command, input = "") {
  const group = accountGroup();
  const child = spawn("sh", ["-c", `echo $$ > ${group.enter}; exec "$@"`, "sh", ...command], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const memory = watchMemory(child.pid);
  child.stdin.on("error", () => undefined).end(input);
  const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  const memoryMib = memory.stop();
  if (status !== 0) throw new Error(`${command[0]} ended with ${status}`);
  const cpu = group.seconds();
  await group.remove();
  return { ...JSON.parse(stdout.trim().split("\n").at(-1)), cpu, memoryMib };
}

/** The other side sees the machine read-only, has no network and a temporary folder of its own. */
function runOther(side, packages) {
  const samples = chosen.map(({ id, task, text: code }) => ({ id, code, test: task.test, entry: task.entryPoint }));
  const sandbox = [
    ...["bwrap", "--unshare-net", "--unshare-pid", "--unshare-ipc", "--die-with-parent", "--ro-bind", "/", "/"],
    ...["--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--tmpfs", "/dev/shm", "--setenv", "HOME", "/tmp"],
    ...["--setenv", "PYTHONPATH", packages, "--setenv", "MPLBACKEND", "Agg", "--chdir", "/tmp"],
  ];
  const request = JSON.stringify({ samples, workers, memoryMib: libraryLimits.memoryMib });
  return measured([...sandbox, python, join(here, "official_eval.py"), side], request);
}

if (values.side === "safelab") {
  await runSafelab();
} else {
  const packages = join(root, ".cache", "bigcodebench");
  const side = existsSync(packages) ? "official" : "fresh";
  console.log(
    `${chosen.length} samples, ${workers} workers; beside safelab: ${side === "official" ? "the official evaluator" : "one fresh Python process per sample (the official evaluator is not in .cache/bigcodebench)"}`,
  );
  const self = [process.execPath, fileURLToPath(import.meta.url), "--every", values.every, "--side", "safelab"];
  const safelab = await measured(self);
  const other = await runOther(side, packages);
  const agreeing = chosen.filter(({ id }) => safelab.verdicts[id] === other.verdicts[id]);
  const differing = chosen.filter(({ id }) => safelab.verdicts[id] !== other.verdicts[id]).map(({ id }) => id);
  const show = (name, { wall, cpu }) => {
    const rest = (cpu - safelab.own).toFixed(1);
    console.log(
      `${name.padEnd(9)} wall ${wall.toFixed(1)} s, processor ${cpu.toFixed(1)} s, of it not the tests' own ${rest} s`,
    );
  };
  show("safelab", safelab);
  show(side, other);
  console.log(
    `safelab's pool held at most ${safelab.memoryMib} MiB at a time; one sample may hold ${libraryLimits.memoryMib} MiB`,
  );
  if (differing.length > 0) console.log(`verdicts differ on ${differing.join(", ")}`);
  const round = (value) => Math.round(value * 100) / 100;
  const result = {
    bench: "execute",
    wallRatio: round(other.wall / safelab.wall),
    cpuRatio: round(other.cpu / safelab.cpu),
    overheadRatio: round((other.cpu - safelab.own) / (safelab.cpu - safelab.own)),
    agreement: Math.round((10_000 * agreeing.length) / chosen.length) / 10_000,
  };
  const missed = Object.entries(least).filter(([name, bound]) => result[name] < bound);
  if (missed.length > 0) console.log(`below target: ${missed.map(([name, bound]) => `${name} < ${bound}`).join(", ")}`);
  console.log(JSON.stringify(result));
}
