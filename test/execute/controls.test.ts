import { beforeAll, describe, expect, test } from "vitest";
import { controlSamples, runControls } from "../../src/execute/controls.js";
import { defaultLimits } from "../../src/execute/defaultLimits.js";
import type { ExecuteOptions } from "../../src/execute/executeSamples.js";
import { findInterpreter, type Interpreter } from "../../src/execute/interpreter.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";

const probe = await probeIsolation();

describe.skipIf(!probe.ok)("control samples", () => {
  let interpreter: Interpreter;
  beforeAll(async () => {
    interpreter = await findInterpreter();
  });
  const options = (changes: Partial<ExecuteOptions> = {}): ExecuteOptions => ({
    isolation: probe.ok ? probe.isolation : { kind: "none" },
    interpreter,
    limits: defaultLimits,
    environment: "",
    exceptions: "typeAndMessage",
    ...changes,
  });

  test("all get their verdict here", async () => {
    await expect(runControls(options())).resolves.toBeUndefined();
  });

  test("an environment that fails everything is named by the control that should pass", async () => {
    const broken = options({ limits: { ...defaultLimits, wallSeconds: 0.0001 } });
    await expect(runControls(broken)).rejects.toThrow(
      'control sample "the right answer" (style unittest) came to timedOut instead of passed',
    );
  });

  test("there is an honest one, two stubs and two forgeries", () => {
    expect(controlSamples.map(({ expected }) => expected[0])).toEqual([
      "passed",
      "failed",
      "failed",
      "tampered",
      "tampered",
    ]);
  });
});
