import { InputError } from "../../error.js";
import { issueText } from "../../record/issueText.js";
import type { MethodOptions, Study } from "../../record/schema/study.js";
import type { Method } from "./method.js";

/**
 * The options that a study gives a method, with the method's defaults filled in; `undefined` for a method without options.
 *
 * @throws InputError for an option that the method does not have or a value that it does not take.
 */
export function optionsOf(
  { options }: Pick<Study, "options">,
  { name, options: schema }: Method,
): MethodOptions | undefined {
  const given = options[name];
  if (schema === undefined) {
    if (given === undefined || Object.keys(given).length === 0) return undefined;
    throw new InputError(`run.json gives options to the method "${name}", which has none: take them out of "options"`);
  }
  const parsed = schema.safeParse(given ?? {});
  if (!parsed.success) throw new InputError(`options of the method "${name}" in run.json: ${issueText(parsed.error)}`);
  return parsed.data;
}
