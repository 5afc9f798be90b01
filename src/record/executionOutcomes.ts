import { countingEnvironment } from "./countingRecords.js";
import { keyIndex } from "./keyIndex.js";
import { keyOf } from "./recordKinds.js";
import type { Execution } from "./schema/execution.js";
import type { ResultRow } from "./schema/resultRow.js";
import type { Sample } from "./schema/sample.js";
import type { Study } from "./schema/study.js";

interface Evidence {
  readonly study: Study;
  readonly executions: readonly Execution[];
  readonly samples: readonly Sample[];
}

/** The functional verdict of one sample as a result row states it. */
export interface Outcome {
  readonly execution: ResultRow["execution"];
  readonly casePass: number | null;
  readonly taskPass: boolean | null;
}

export const notRun: Outcome = { execution: "notRun", casePass: null, taskPass: null };
/**
 * Execution of a sample without code, once the rest of its data set was executed: before that the few samples without
 * code would stand for all. Where no sample has code there is nothing to wait for.
 */
const noCode: Outcome = { execution: "failed", casePass: 0, taskPass: false };

function outcomeOf({ status, cases }: Execution): Outcome {
  const passed = cases.filter(({ outcome }) => outcome === "passed").length;
  const casePass = status === "tampered" || cases.length === 0 ? 0 : passed / cases.length;
  return { execution: status, casePass, taskPass: status === "passed" };
}

/** What the executions of a run say of a sample. */
export function executionOutcomes({ study, executions, samples }: Evidence): (sample: Sample) => Outcome {
  const environments = new Map(
    study.datasets.map(({ name }) => [name, countingEnvironment(study, name, executions)] as const),
  );
  const executable = new Set(samples.filter((each) => each.testHash !== null).map((each) => each.dataset));
  const byKey = keyIndex<Execution>("executions");
  for (const record of executions) byKey.set(keyOf("executions", record), record);
  return ({ dataset, task, testHash, scanHash }) => {
    const environment = environments.get(dataset) ?? "";
    // Code that is only to be scanned, like that of an oracle.
    if (testHash === null && scanHash !== null) return notRun;
    if (testHash === null) return environment === "" && executable.has(dataset) ? notRun : noCode;
    if (environment === "") return notRun;
    const record = byKey.get([dataset, task, testHash, environment]);
    return record === undefined ? notRun : outcomeOf(record);
  };
}
