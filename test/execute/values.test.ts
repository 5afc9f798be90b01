import { beforeAll, describe, expect, test } from "vitest";
import { type ExecuteOutcome, executeSamples } from "../../src/execute/executeSamples.js";
import { defaultLimits } from "../../src/execute/defaultLimits.js";
import { findInterpreter } from "../../src/execute/interpreter.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { casesToy } from "./toyTasks.js";

const probe = await probeIsolation();

/** A reference's result, a sample's result, and what the comparison must come to (`undecidable`: no sample can be judged by it). */
const pairs: Record<string, readonly [reference: string, sample: string, expected: string]> = {
  "H79 NaN": ["float('nan')", "float('inf') - float('inf')", "passed"],
  "H79 infinities": ["float('inf')", "-float('inf')", "failed"],
  "H79 negative zero": ["-0.0", "0.0", "passed"],
  "H80 a lone surrogate": ["'\\ud800'", "chr(0xd800)", "passed"],
  "H80 another surrogate": ["'\\ud800'", "'\\ud801'", "failed"],
  "H80 control characters": ["'\\x00\\x1b[31m\\u2028\\u202e'", "'\\x00\\x1b[31m\\u2028\\u202e'", "passed"],
  "H80 undecodable bytes": ["b'\\xff\\xfe\\x00'", "bytes([255, 254, 0])", "passed"],
  "H81 a lambda": ["1", "lambda: 1", "failed"],
  "H81 a generator": ["[1]", "(x for x in [1])", "failed"],
  "H81 a list within itself": ["[1]", "(lambda l: (l.append(l), l)[1])([1])", "failed"],
  "H81 the reference returns an object": ["object()", "object()", "undecidable"],
  "H82 200 kB": ["'x' * 200_000", "'x' * 200_000", "passed"],
  "H82 200 kB, the last one another": ["'x' * 200_000", "'x' * 199_999 + 'y'", "failed"],
  "H83 keys of JavaScript": ["{'__proto__': 1, 'constructor': 2}", "{'constructor': 2, '__proto__': 1}", "passed"],
  "H83 a large integer": ["2**53 + 1", "2**53", "failed"],
  "H83 a very large integer": ["10**6000", "10**6000", "passed"],
  "H84 keys that are no text": ["{1: 'a', (1, 2): None, 1.5: 2}", "{1.5: 2, (1, 2): None, 1: 'a'}", "passed"],
  "H84 a set": ["{'c', 'a', 'b'}", "{'b', 'c', 'a'}", "passed"],
  "H84 a set is no list": ["{'a'}", "['a']", "failed"],
  "H85 bytes and text": ["'a'", "b'a'", "failed"],
  "H64 a subclass of int": ["4", "type('I', (int,), {'__eq__': lambda a, b: True})(4)", "failed"],
  "True and 1": ["1", "True", "failed"],
  "1 and 1.0": ["1", "1.0", "failed"],
  "packages installed on this machine are not there": [
    "None",
    "__import__('importlib.util').util.find_spec('pip')",
    "passed",
  ],
  "another every time": ["__import__('os').urandom(8)", "b''", "undecidable"],
};

const job = (key: string, reference: string, sample: string) => {
  const body = (expression: string) => `def task_func(x):\n    return ${expression}\n`;
  const task = { ...casesToy, id: key, reference: body(reference), cases: ["{'x': 1}"] };
  return { task, testHash: key, text: body(sample), names: [] };
};

describe.skipIf(!probe.ok)("values on their way out of the sandbox", () => {
  const results = new Map<string, ExecuteOutcome>();
  const mixed = `
import os
def task_func(x):
    return os.urandom(8) if x == 2 else x
`;

  beforeAll(async () => {
    if (!probe.ok) return;
    const jobs = Object.entries(pairs).map(([key, [reference, sample]]) => job(key, reference, sample));
    const task = { ...casesToy, id: "mixed", reference: mixed, cases: ["{'x': 1}", "{'x': 2}", "{'x': 3}"] };
    jobs.push({ task, testHash: "mixed", text: "def task_func(x):\n    return x\n", names: [] });
    const context = { isolation: probe.isolation, interpreter: await findInterpreter(), limits: defaultLimits };
    for await (const outcome of executeSamples(jobs, { ...context, environment: "e", exceptions: "typeAndMessage" })) {
      results.set(outcome.kind === "executed" ? outcome.execution.testHash : outcome.job.testHash, outcome);
    }
  }, 200_000);

  test.each(Object.entries(pairs))("%s", (key, [, , expected]) => {
    const outcome = results.get(key);
    const status = outcome?.kind === "executed" ? outcome.execution.status : outcome?.kind;
    expect(status, JSON.stringify(outcome)).toBe(expected);
  });

  test("a case that the reference answers differently every time is left out, and the record says so", () => {
    const outcome = results.get("mixed");
    if (outcome?.kind !== "executed") throw new Error(JSON.stringify(outcome));
    expect(outcome.execution.status).toBe("passed");
    expect(outcome.execution.cases.map(({ name }) => name)).toEqual(["case 1", "case 3"]);
    expect(outcome.execution.reason).toBe("1 of 3 cases left out: the reference gives another result every time");
  });

  test("a message never shows the reference's value", () => {
    const outcome = results.get("H83 a large integer");
    if (outcome?.kind !== "executed") throw new Error(JSON.stringify(outcome));
    expect(outcome.execution.cases[0]?.message).toBe("returned another int than the reference, or another type");
  });
});
