import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { InterruptedError } from "../../src/error.js";
import { defaultLimits } from "../../src/execute/defaultLimits.js";
import { executeSamples } from "../../src/execute/executeSamples.js";
import { findInterpreter } from "../../src/execute/interpreter.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { honest, toyNames, unittestToy } from "./toyTasks.js";

const probe = await probeIsolation();
// Found in the arguments of this test's sandboxes alone.
const marker = `${2 ** 20 * (17 + (process.pid % 1000))}`;
const limits = { ...defaultLimits, wallSeconds: 60, fileMib: 17 + (process.pid % 1000) };

/** Processes of this test's sandboxes; a moment is given to the kernel to end them. */
async function left(): Promise<string[]> {
  for (let attempt = 0; ; attempt++) {
    const found = readdirSync("/proc").filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`\0${marker}\0`);
      } catch {
        return false;
      }
    });
    if (found.length === 0 || attempt === 20) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.skipIf(!probe.ok)("stopping", () => {
  const sleeper = "import os, time\nos.fork()\nos.fork()\ntime.sleep(1000)\n";
  const options = async (signal?: AbortSignal) => ({
    isolation: probe.ok ? probe.isolation : ({ kind: "none" } as const),
    interpreter: await findInterpreter(),
    ...{ limits, environment: "e", exceptions: "typeAndMessage" as const, workers: 2 },
    ...(signal === undefined ? {} : { signal }),
  });
  const jobs = [honest, sleeper, sleeper, sleeper].map((text, index) => ({
    task: unittestToy,
    testHash: String(index),
    text,
    names: toyNames,
  }));

  test("an abort ends the work within 2 seconds, tells so, and leaves no process", async () => {
    const stop = new AbortController();
    let stopped = 0;
    const work = (async () => {
      for await (const outcome of executeSamples(jobs, await options(stop.signal))) {
        expect(outcome.kind).toBe("executed");
        stopped = performance.now();
        stop.abort();
      }
    })();
    await expect(work).rejects.toThrow(InterruptedError);
    expect(performance.now() - stopped).toBeLessThan(2000);
    expect(await left()).toEqual([]);
  });

  test("leaving the loop early leaves no process", async () => {
    for await (const outcome of executeSamples(jobs, await options())) {
      expect(outcome.kind).toBe("executed");
      expect(await left()).not.toEqual([]);
      break;
    }
    expect(await left()).toEqual([]);
  });
});
