import type { Method } from "./method.js";
import { oneRound } from "./oneRound.js";

/**
 * SVEN (He and Vechev 2023): the model as it is, with keys and values before the prompt that were trained for secure code. Their server
 * is `safelab serve-prefix`; no other takes them. The prompt is the plain code template, as in the authors' code.
 */
export const sven: Method = {
  name: "sven",
  traits: { access: "full", weightUpdate: true, promptChange: false, decodingControl: false, externalTool: false },
  prefix: "sec",
  route: "completion",
  generate: (task, context) => oneRound(task, context),
};
