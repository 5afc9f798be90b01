import { sha256 } from "../record/canonical.js";
import type { Sample, SampleKey } from "../record/schema/sample.js";
import type { Study } from "../record/schema/study.js";
import { calibrate } from "../task/calibrate.js";
import type { Task } from "../task/task.js";
import type { MethodResult } from "./methods/method.js";
import { repairIndent } from "./repairIndent.js";

/** The study's policy for 3-space indentation. */
export type RepairPolicy = Study["policies"]["repair"];

/**
 * The record of a sample. Where the indentation repair fires, `repairs` says so; `code` and `scanHash` are those of the repaired text only
 * if the policy applies it to scans as well. The executed text is that code, repaired (a second time changes nothing) and calibrated.
 */
export function makeSample(
  key: SampleKey,
  task: Task,
  result: MethodResult & Pick<Sample, "imported" | "decoding">,
  policy: RepairPolicy,
): Sample {
  const { code, status, rounds, stop, constraints, imported, decoding } = result;
  const record = {
    schemaVersion: 1 as const,
    ...key,
    status,
    rounds,
    ...(stop === undefined ? {} : { stop }),
    ...(constraints === undefined ? {} : { constraints }),
    ...(decoding === undefined ? {} : { decoding }),
    ...(imported === undefined ? {} : { imported }),
  };
  if (code === null) return { ...record, code, scanHash: null, testHash: null, repairs: [] };
  const repaired = isInScope(key.method, policy) ? repairIndent(code) : code;
  const scanned = policy.applyTo === "tests+scan" ? repaired : code;
  return {
    ...record,
    code: scanned,
    scanHash: sha256(scanned),
    testHash: sha256(calibrate(task, repaired)),
    repairs: repaired === code ? [] : ["indent3to4"],
  };
}

function isInScope(method: string, { scope }: RepairPolicy): boolean {
  return scope === "all" || (scope === "codeguard" && /^codeguard\b/.test(method));
}
