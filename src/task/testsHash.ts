import { canonicalJson, sha256 } from "../record/canonical.js";
import type { Task } from "./task.js";

/** What decides a task's verdicts: prompts, labels and lists of modules do not. */
function deciding(task: Task): object {
  const { id, entryPoint } = task;
  return task.style === "unittest"
    ? { id, entryPoint, test: task.test, codePrompt: task.codePrompt }
    : {
        ...{ id, entryPoint, setup: task.setup, reference: task.reference, cases: task.cases },
        ...(task.fixtures === undefined ? {} : { fixtures: task.fixtures }),
      };
}

/** SHA-256 over all that decides verdicts in a set of tasks, whatever their order. */
export function testsHash(tasks: readonly Task[]): string {
  const texts = tasks.map((task) => canonicalJson(deciding(task)));
  return sha256(canonicalJson(texts.sort()));
}
