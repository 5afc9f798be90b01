import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { executeSamples } from "../../src/execute/executeSamples.js";
import { findInterpreter } from "../../src/execute/interpreter.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import * as root from "../../src/process/projectRoot.js";
import type { Limits } from "../../src/record/schema/execution.js";
import { toyNames, unittestToy } from "./toyTasks.js";

vi.mock("../../src/process/projectRoot.js", { spy: true });

const probe = await probeIsolation();
const interpreter = await findInterpreter();
const limits: Limits = { wallSeconds: 20, cpuSeconds: 20, memoryMib: 256, processes: 12, fileMib: 3, outputKib: 16 };
const hostile = (name: string) => readFileSync(join(import.meta.dirname, "hostile", `${name}.py`), "utf8");

/** A sample that tells whether a sibling left something: two of them run one after the other. */
const twice = (name: string) => [hostile(name), hostile(name)];

/** One layer of the sandbox of a sample: what is taken out of the worker, and the sample that must notice. */
const layers: readonly (readonly [
  layer: string,
  file: string,
  from: string,
  to: string,
  samples: readonly string[],
])[] = [
  [
    "file systems of its own",
    "namespaces.py",
    "for place, size in folders:",
    "for place, size in ():",
    twice("h45_look_for_others"),
  ],
  ["an IPC namespace", "namespaces.py", "NEWIPC | NEWNET", "NEWNET", twice("h45_look_for_others")],
  [
    "a network namespace",
    "namespaces.py",
    "NEWIPC | NEWNET",
    "NEWIPC",
    [hostile("h56_same_port"), hostile("h56_same_port")],
  ],
  ["/proc of its own", "namespaces.py", 'mount("proc", ', 'str("proc" or ', [hostile("h45_look_for_others")]],
  ["a bound on shared memory", "namespaces.py", "bound_shared_memory(dict", "str(dict", [hostile("h07_memfd_and_shm")]],
  [
    "a bound on processes",
    "pristine.py",
    'limit(resource.RLIMIT_NPROC, limits["processes"])',
    "pass",
    [hostile("h31_zombie_flood")],
  ],
  ["a bound on files", "pristine.py", "limit(resource.RLIMIT_FSIZE", "str(", [hostile("h17_sparse_file")]],
  [
    "a bound on descriptors",
    "pristine.py",
    "limit(resource.RLIMIT_NOFILE, 256)",
    "pass",
    [hostile("h11_all_descriptors")],
  ],
  ["no capabilities", "pristine.py", "namespaces.give_up_capabilities()", "pass", [hostile("h50_rights")]],
  [
    "a filter of system calls",
    "pristine.py",
    'request["settings"]["filter"] is not None',
    "False",
    [hostile("h33_refused_calls")],
  ],
];

let copy = "";
beforeEach(async () => {
  const real = root.projectRoot();
  copy = await mkdtemp(join(tmpdir(), "safelab-layers-"));
  cpSync(join(real, "src", "execute"), join(copy, "src", "execute"), { recursive: true });
  vi.mocked(root.projectRoot).mockReturnValue(copy);
});
afterEach(async () => {
  vi.mocked(root.projectRoot).mockReset();
  await rm(copy, { recursive: true, force: true });
});

async function statuses(samples: readonly string[]): Promise<string[]> {
  if (!probe.ok) return [];
  const jobs = samples.map((text, index) => ({ task: unittestToy, testHash: String(index), text, names: toyNames }));
  const context = { isolation: probe.isolation, interpreter, limits, environment: "e" };
  const found: string[] = [];
  for await (const outcome of executeSamples(jobs, { ...context, exceptions: "typeAndMessage", workers: 2 })) {
    if (outcome.kind === "executed") found.push(outcome.execution.status);
  }
  return found;
}

describe.skipIf(!probe.ok || !probe.isolation.nested)("every layer around a sample is needed", () => {
  test("with all of them, nothing is noticed", async () => {
    const samples = [...new Set(layers.flatMap((layer) => layer[4]))];
    expect(await statuses(samples)).toEqual(samples.map(() => "passed"));
  });

  test.each(layers)("without %s a hostile sample gets through", async (_, file, from, to, samples) => {
    const path = join(copy, "src", "execute", "worker", file);
    const text = readFileSync(path, "utf8");
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
    const found = await statuses(samples).catch(() => ["the harness itself fails"]);
    expect(found.every((status) => status === "passed")).toBe(false);
  });
});
