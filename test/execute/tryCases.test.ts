import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../src/execute/defaultLimits.js";
import { findInterpreter } from "../../src/execute/interpreter.js";
import { openRunner } from "../../src/execute/openRunner.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { executableLines, linesOfCase } from "../../src/execute/referenceLines.js";
import { tryCases } from "../../src/execute/tryCases.js";
import { startEmbedded } from "../../src/generate/embeddedServer.js";
import { hasEmbeddedModel } from "../../src/generate/hasEmbeddedModel.js";
import { openEndpoint } from "../../src/generate/endpoint.js";
import { proposeCases } from "../../src/generate/proposeCases.js";
import { casesToy } from "./toyTasks.js";

const probe = await probeIsolation();
const hasModel = await hasEmbeddedModel();
const reference = `
import random, time
def task_func(x):
    if x == "slow":
        time.sleep(2.5)
    if x == "random":
        return random.random()
    if x == "object":
        return object()
    if x == "refuse":
        raise ValueError(x)
    return x
`;
const task = { ...casesToy, reference };

async function tryThem(proposed: readonly string[]) {
  if (!probe.ok) throw new Error(probe.reason);
  const runner = openRunner(
    { isolation: probe.isolation, interpreter: await findInterpreter(), limits: defaultLimits },
    1,
  );
  try {
    return await tryCases(task, proposed, { runner, limits: defaultLimits, slowMs: 2000 });
  } finally {
    await runner.close();
  }
}

describe.skipIf(!probe.ok)("proposed cases", () => {
  test("stay where the reference answers twice the same, with the lines that they run; the others are dropped with the reason", async () => {
    const texts = ["3", '"refuse"', "2", '"random"', '"object"', '"slow"', "3"].map((x) => `{"x": ${x}}`);
    const results = await tryThem([...texts, '{"y": 1}']);
    expect(results.map((each) => (each.ok ? each.lines : each.why))).toEqual([
      [4, 6, 8, 10, 12],
      [4, 6, 8, 10, 11],
      "it is there already",
      "the reference gives another result every time",
      "its result is not plain data",
      "it takes longer than 2000 ms",
      "it is there already",
      "it does not fit the arguments",
    ]);
  });

  test("the lines that a case can run are those in functions, without docstrings and lines of def", async () => {
    if (!probe.ok) throw new Error(probe.reason);
    const limits = defaultLimits;
    const runner = openRunner({ isolation: probe.isolation, interpreter: await findInterpreter(), limits }, 1);
    const nested =
      '\nimport os\ndef task_func(x):\n    """Words."""\n    def inner(y):\n        return y\n    return [inner(each) for each in x]\n';
    try {
      expect(await executableLines(task, { runner, limits })).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
      expect(await executableLines({ ...task, reference: nested }, { runner, limits })).toEqual([5, 6, 7]);
      const cases = ['{"x": [1]}'];
      expect(await linesOfCase({ ...task, reference: nested, cases }, { runner, limits })).toEqual([5, 6, 7]);
    } finally {
      await runner.close();
    }
  });

  test.skipIf(!hasModel)("the embedded model's proposals are tried like any", async () => {
    const server = await startEmbedded();
    try {
      const endpoint = openEndpoint({
        ...{ address: server.address, key: server.token, served: "SmolLM2-135M-Instruct", route: "chat" },
      });
      const { cases, rejected } = await proposeCases(endpoint, task, { count: 2, seed: 1 });
      expect(cases.length + rejected.length).toBeGreaterThan(0);
      expect(await tryThem(cases.slice(0, 2))).toHaveLength(Math.min(2, cases.length));
    } finally {
      await server.stop();
    }
  });
});
