import { beforeAll, describe, expect, test } from "vitest";
import { controlSamples, runControls } from "../../src/execute/controls.js";
import { defaultLimits } from "../../src/execute/defaultLimits.js";
import type { ExecuteOptions } from "../../src/execute/executeSamples.js";
import { findInterpreter, type Interpreter } from "../../src/execute/interpreter.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { readyThenGone, standIn } from "./standIn.js";

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
    const { path } = await standIn("python3", readyThenGone(interpreter.executable));
    const broken = options({
      isolation: { kind: "none" },
      interpreter: { ...interpreter, executable: path },
      workers: 1,
    });
    await expect(runControls(broken)).rejects.toThrow(
      'control sample "the right answer" (style unittest) came to crashed instead of passed',
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
