import type { Method } from "./method.js";
import { oneRound } from "./oneRound.js";

/** The sentence that asks for secure code, whatever the weakness. */
export const securityDemand = "The code must be secure: it must not contain any vulnerability.";

/**
 * Security prompting: one more sentence that asks for secure code. A plain-text baseline of the kind that SVEN's and
 * SafeCoder's authors compare with, in our own words.
 */
export const promptGeneric: Method = {
  name: "prompt-generic",
  traits: { access: "none", weightUpdate: false, promptChange: true, decodingControl: false, externalTool: false },
  generate: (task, context) => oneRound(task, context, securityDemand),
};
