import { InputError } from "../error.js";
import type { codelessSamples } from "./codelessSamples.js";
import { countingEnvironment } from "./countingRecords.js";
import { keyIndex } from "./keyIndex.js";
import { knownCases } from "./knownCases.js";
import { keyOf } from "./recordKinds.js";
import type { Execution } from "./schema/execution.js";
import type { ResultRow } from "./schema/resultRow.js";
import type { Sample } from "./schema/sample.js";
import type { Study } from "./schema/study.js";
import type { TaskFacts } from "./schema/taskFacts.js";

interface Evidence {
  readonly study: Study;
  readonly tasks: readonly TaskFacts[];
  readonly executions: readonly Execution[];
}

/** The functional verdict of one sample as a result row states it. */
export interface Outcome {
  readonly execution: ResultRow["execution"];
  readonly casePass: number | null;
  readonly taskPass: boolean | null;
}

export const notRun: Outcome = { execution: "notRun", casePass: null, taskPass: null };
/** Execution of a sample without code. */
const noCode: Outcome = { execution: "failed", casePass: 0, taskPass: false };

/**
 * `casePass` is passed / known cases. A case that the record does not list did not pass, whatever the reason: it timed out, crashed, or its line was
 * shortened. So a `passed` that lists fewer than are known contradicts itself, and is refused.
 */
function outcomeOf({ status, cases, dataset, task, testHash }: Execution, known: number): Outcome {
  if (status === "passed" && cases.length < known) {
    throw new InputError(
      `the execution of ${dataset} ${task} (testHash ${testHash}) says passed, but lists ${cases.length} of the ${known} cases that tasks.jsonl ` +
        "knows: remove its line from executions.jsonl, `safelab execute RUN` makes what it held again",
    );
  }
  const passed = cases.filter(({ outcome }) => outcome === "passed").length;
  const casePass = status === "tampered" || known === 0 ? 0 : passed / known;
  return { execution: status, casePass, taskPass: status === "passed" };
}

/**
 * What the executions of a run say of a sample.
 *
 * @throws InputError when several environments compete, and for an execution that says passed without all known cases.
 */
export function executionOutcomes(
  { study, tasks, executions }: Evidence,
  codeless: ReturnType<typeof codelessSamples>,
): (sample: Sample) => Outcome {
  const environments = new Map(
    study.datasets.map(({ name }) => [name, countingEnvironment(study, name, executions)] as const),
  );
  const byKey = keyIndex<Execution>("executions");
  for (const record of executions) byKey.set(keyOf("executions", record), record);
  const known = knownCases(tasks, executions);
  const recordOf = ({ dataset, task, testHash }: Sample) =>
    byKey.get([dataset, task, testHash, environments.get(dataset) ?? ""]);
  const isCounted = codeless({ hash: "testHash", isKnown: (sample) => recordOf(sample) !== undefined });
  return (sample) => {
    // Code that is only to be scanned, like that of an oracle.
    if (sample.testHash === null && sample.scanHash !== null) return notRun;
    if (sample.testHash === null) return isCounted(sample) ? noCode : notRun;
    const record = recordOf(sample);
    return record === undefined ? notRun : outcomeOf(record, known(record));
  };
}
