import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { executeSamples } from "../../src/execute/executeSamples.js";
import { findInterpreter } from "../../src/execute/interpreter.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import type { Limits } from "../../src/record/schema/execution.js";
import { honest, toyNames, unittestToy } from "./toyTasks.js";

/** What samples come to where namespaces cannot be nested: a keeper shares the PID namespace of its sample, which can end it. */
const expected: Record<string, string> = {
  h01_fork_bomb: "timedOut",
  h04_memory_split: "crashed",
  h05_disk_one_file: "failed",
  h18_sleep: "timedOut",
  h23_daemon_holds_stdout: "passed",
  h24_kill_all: "crashed",
  h24_kill_parent: "crashed",
  h25_trace_others: "passed",
  h33_nested_namespaces: "passed",
  h44_read_parent: "passed",
  h49_remove_everything: "passed",
  h60_patch_run: "tampered",
  h73_reopen_everything: "failed",
};

const probe = await probeIsolation();
const limits: Limits = { wallSeconds: 4, cpuSeconds: 30, memoryMib: 256, processes: 12, fileMib: 3, outputKib: 16 };
const results = new Map<string, string>();

describe.skipIf(!probe.ok)("a bubblewrap for every sample, where namespaces cannot be nested", () => {
  beforeAll(async () => {
    if (!probe.ok) return;
    const isolation = { ...probe.isolation, nested: false };
    const read = (name: string) => readFileSync(join(import.meta.dirname, "hostile", `${name}.py`), "utf8");
    const texts = Object.keys(expected).map((name) => [name, read(name)] as const);
    const jobs = [...texts, ["honest", honest] as const].map(([testHash, text]) => ({
      ...{ task: unittestToy, names: toyNames, testHash, text },
    }));
    const context = { isolation, interpreter: await findInterpreter(), limits, environment: "e" };
    for await (const outcome of executeSamples(jobs, { ...context, exceptions: "typeAndMessage", workers: 3 })) {
      if (outcome.kind === "executed") results.set(outcome.execution.testHash, outcome.execution.status);
    }
  }, 200_000);

  test.each(Object.entries({ ...expected, honest: "passed" }))("%s", (name, status) => {
    expect(results.get(name)).toBe(status);
  });
});
