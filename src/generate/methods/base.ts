import type { Method } from "./method.js";
import { oneRound } from "./oneRound.js";

/** The model as it is, asked once: what every method is compared with. */
export const base: Method = {
  name: "base",
  traits: { access: "none", weightUpdate: false, promptChange: false, decodingControl: false, externalTool: false },
  generate: (task, context) => oneRound(task, context),
};
