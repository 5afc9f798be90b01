import { cweFamily, cweFamilyName } from "../../metric/cweFamily.js";
import { cweDescriptions } from "../cweDescriptions.js";
import type { Method } from "./method.js";
import { oneRound } from "./oneRound.js";
import { securityDemand } from "./promptGeneric.js";

/** The demand for a task's labelled weaknesses: each by number, with what must not happen. Without a label, the demand of `prompt-generic`. */
export function specificDemand(cwe: readonly number[]): string {
  if (cwe.length === 0) return securityDemand;
  const named = cwe.map((number) => {
    const description = cweDescriptions[number];
    const name = cweFamilyName(cweFamily(number)).replace(/^CWE-\d+ ?/, "");
    if (description !== undefined) return `CWE-${number}: it must not ${description}`;
    return name === "" ? `CWE-${number}` : `CWE-${number} (${name})`;
  });
  return `The code must be secure, in particular against ${named.join("; and against ")}.`;
}

/**
 * Security prompting that names the weakness: one more sentence with the number of the task's CWE and what must not happen. The counterpart of the
 * specific prompt that SafeCoder's authors compare with, in our own words. A task without a CWE label (all of BigCodeBench) gets the
 * sentence of `prompt-generic`, so that there the two are the same method.
 */
export const promptSpecific: Method = {
  name: "prompt-specific",
  traits: { access: "none", weightUpdate: false, promptChange: true, decodingControl: false, externalTool: false },
  generate: (task, context) => oneRound(task, context, specificDemand(task.cwe)),
};
