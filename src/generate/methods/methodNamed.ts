import { InputError } from "../../error.js";
import { base } from "./base.js";
import type { Method } from "./method.js";
import { promptGeneric } from "./promptGeneric.js";
import { promptSpecific } from "./promptSpecific.js";
import { promsec, promsecLlmRepair } from "./promsec.js";
import { safecoder } from "./safecoder.js";
import { sven } from "./sven.js";

/** Every method that safelab can run. Samples of other methods are imported. */
export const methods: readonly Method[] = [
  base,
  promptGeneric,
  promptSpecific,
  safecoder,
  sven,
  promsec,
  promsecLlmRepair,
];

/** @throws InputError for a method that cannot be run here, with the names of those that can. */
export function methodNamed(name: string): Method {
  const found = methods.find((method) => method.name === name);
  if (found === undefined)
    throw new InputError(
      `method "${name}" cannot be run here; known are ${methods.map((method) => method.name).join(", ")}. ` +
        "Samples of another method are added with `safelab import`",
    );
  return found;
}
