import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultLimits } from "../../src/execute/defaultLimits.js";
import { importStages, stageOf } from "../../src/execute/importStages.js";
import { findInterpreter } from "../../src/execute/interpreter.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import type { WorkerContext } from "../../src/execute/startWorker.js";
import type { SampleRequest } from "../../src/execute/workerRequest.js";
import { forkingWorkers, type Workers } from "../../src/execute/workers.js";

const request = (code: string, setup = ""): SampleRequest => ({
  ...{ style: "cases", setup, code, entryPoint: "f", cases: ["{}"] },
});

test("libraries of many shared objects are imported in stages of their own, on top of the others", () => {
  const names = ["unittest", "sklearn.cluster", "pandas", "numpy", "os", "scipy.stats", "numpy.linalg"];
  expect(importStages(names)).toEqual([
    ["unittest", "os"],
    ["pandas", "numpy", "numpy.linalg"],
    ["sklearn.cluster", "scipy.stats"],
  ]);
  expect(importStages(["nltk"])).toEqual([[], ["nltk"]]);
  expect(importStages(["os", "numpyx"])).toEqual([["os", "numpyx"]]);
  expect(importStages([])).toEqual([[]]);
});

test.each([
  ["import os\n", 0],
  ["import os\nfrom numpy.linalg import norm\n", 1],
  ["def f():\n    import sklearn.svm as svm, numpy\n", 2],
  ["import numpyx\nx = 'import'\n", 0],
  ["import scipy\n", 0],
])("a request with %j goes to the first parent that has what it imports: stage %i", (code, stage) => {
  const stages = importStages(["os", "numpy", "sklearn.cluster"]);
  expect(stageOf(request(code), stages)).toBe(stage);
  expect(stageOf(request("", code), stages)).toBe(stage);
  expect(stageOf({ style: "unittest", code: "", test: code, entryPoint: "f", names: [] }, stages)).toBe(stage);
});

const probe = await probeIsolation();

/** Stand-ins of two libraries in an environment of their own, and the parents that have them imported. */
let folder: string;
let workers: Workers;
beforeAll(async () => {
  // Not below /tmp, in whose place the sandbox has a folder of its own.
  const out = join(projectRoot(), "out");
  await mkdir(out, { recursive: true });
  folder = await mkdtemp(join(out, "stages-"));
  await promisify(execFile)("python3", ["-m", "venv", "--without-pip", join(folder, "venv")]);
  const interpreter = await findInterpreter(join(folder, "venv", "bin", "python"));
  const minor = interpreter.version.replace(/^\S+ (\d+\.\d+)\..*/, "$1");
  for (const name of ["numpy", "scipy"]) {
    const place = join(folder, "venv", "lib", `python${minor}`, "site-packages", name);
    await mkdir(place);
    const large = "big = list(range(10**6))\n"; // some 40 MB, as the real ones have
    await writeFile(join(place, "__init__.py"), `class random:\n    seed = staticmethod(lambda: None)\n${large}`);
  }
  const isolation = probe.ok ? probe.isolation : { kind: "none" as const };
  const context: WorkerContext = { isolation, interpreter, limits: defaultLimits, imports: ["wave", "numpy", "scipy"] };
  workers = forkingWorkers(context, { slots: 2, heavyMib: 1024 });
});
afterAll(async () => {
  await workers.end();
  await rm(folder, { recursive: true, force: true });
});

const run = (code: string, onState: Parameters<Workers["run"]>[2] = () => undefined) =>
  workers.run(1, { ...request(code), limits: { ...defaultLimits, wallSeconds: 8 }, keep: false }, onState);
const nested = probe.ok && probe.isolation.kind === "bubblewrap" && probe.isolation.nested;

/** The texts in the list that the sample's function returns. */
async function texts(code: string): Promise<string[]> {
  const result = await run(code);
  const end = (result.kind === "report" ? result.events : []).find(
    (each) => (each as { event: string }).event === "end",
  );
  const { v } = JSON.parse((end as { value: string }).value) as { v: { v: string }[] };
  return v.map((text) => text.v);
}

test.runIf(nested)("a sample finds imported what its stage and those before it import, and nothing else", async () => {
  const ahead = 'import sys\nahead = [n for n in ("wave", "numpy", "scipy") if n in sys.modules]\n';
  const told = (imports: string) => texts(`${ahead}${imports}\ndef f():\n    return ahead\n`);
  expect(await told("")).toEqual(["wave"]);
  expect(await told("import numpy")).toEqual(["wave", "numpy"]);
  expect(await told("import scipy")).toEqual(["wave", "numpy", "scipy"]);
});

const [major = 0, minor = 0] = release().split(".").map(Number);
test.runIf(nested && major + minor / 100 >= 6.01)(
  "what is imported lies in large pages, which a fork copies faster",
  async () => {
    const look = `import numpy
with open("/proc/self/smaps_rollup") as rollup:
    large = [line.split()[1] for line in rollup if line.startswith("AnonHugePages")]
`;
    const [kib] = await texts(`${look}\ndef f():\n    return large\n`);
    expect(Number(kib)).toBeGreaterThan(8 * 1024);
  },
);

test.runIf(nested).each(["", "import numpy\n", "import scipy\n"])(
  "a sample that starts with %j holds its standard streams and its channel, nothing that leads to a parent",
  async (imports) => {
    const look = `import os
held = []
for n in sorted(os.listdir("/proc/self/fd"), key=int):
    try:
        held.append(n + " " + os.readlink("/proc/self/fd/" + n).split(":")[0])
    except FileNotFoundError:  # that of the listing
        pass
`;
    const held = await texts(`${imports}${look}\ndef f():\n    return held\n`);
    expect(held).toEqual(["0 /dev/null", "1 pipe", "2 pipe", expect.stringMatching(/^\d+ pipe$/) as string]);
  },
);

test.runIf(nested).each(["", "import numpy\n", "import scipy\n"])(
  "a sample that starts with %j can be ended from outside at once, and the next one runs",
  async (imports) => {
    const started = performance.now();
    let ended = false;
    const result = await run(`${imports}import time\ndef f():\n    time.sleep(7)\n`, (state, kill) => {
      if (state === "asleep") kill();
      ended ||= state === "asleep";
    });
    expect(ended).toBe(true);
    expect(result).toMatchObject({ kind: "fault", reason: expect.stringContaining("signal 9") as string });
    expect(performance.now() - started).toBeLessThan(6000);
    expect(await run(`${imports}def f():\n    return 1\n`)).toMatchObject({ kind: "report", broken: "" });
  },
);
