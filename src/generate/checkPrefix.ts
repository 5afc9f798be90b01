import { InputError } from "../error.js";
import type { LearnedPrefix, Sample } from "../record/schema/sample.js";
import type { Method } from "./methods/method.js";

/**
 * Makes sure that a model is served as a method means it: with a prefix learned for the method's control, or without any; and with the
 * prefix that the recorded samples of the configuration were made with.
 *
 * @param shown the model in words
 * @param recorded samples of the same model and method
 * @throws InputError with what to serve instead.
 */
export function checkPrefix(
  { name, prefix: control }: Method,
  shown: string,
  prefix: LearnedPrefix | undefined,
  recorded: readonly Sample[],
): void {
  if (control === undefined && prefix !== undefined)
    throw new InputError(
      `method "${name}": ${shown} puts the learned prefix "${prefix.name}" before every prompt, which is not this method: ` +
        "give it the model without, which the same server has under the name before the +",
    );
  if (control !== undefined && prefix?.control !== control)
    throw wantsPrefix(
      { name, control },
      `${shown} ${prefix === undefined ? "declares no learned prefix" : `has a prefix for "${prefix.control}"`}`,
    );
  const other = recorded.find((sample) => sample.imported === undefined && sample.prefix?.hash !== prefix?.hash);
  if (other !== undefined && control !== undefined)
    throw new InputError(
      `method "${name}": samples were made with the prefix ${described(other.prefix)}, ${shown} now has ${described(prefix)}: ` +
        "use another run folder or serve that prefix",
    );
}

/** The error that a model is not served with the prefix that a method means, which it is instead said first; it says what to serve. */
export function wantsPrefix(
  { name, control }: { readonly name: string; readonly control: LearnedPrefix["control"] },
  instead: string,
): InputError {
  return new InputError(
    `method "${name}": ${instead}, ` +
      `the method wants one for "${control}": start \`npx safelab serve-prefix --prefix FOLDER\`, whose model NAME+prefix has it, and add ` +
      `"checkpoints": { "${name}": { "weights": "NAME+prefix", "endpoint": "http://…/v1" } } to the model in run.json`,
  );
}

function described(prefix: LearnedPrefix | undefined): string {
  return prefix === undefined ? "none" : `"${prefix.name}" (${prefix.hash.slice(0, 12)})`;
}
