import { inspect } from "node:util";
import { z } from "zod";
import { InputError } from "../error.js";
import { issueText } from "../record/issueText.js";
import { Sample, type SampleKey } from "../record/schema/sample.js";
import type { MethodResult } from "./methods/method.js";

/** What the record of a sample takes of a method's result. Code that is withheld comes from recorded runs alone. */
const Result = Sample.pick({ status: true, rounds: true, stop: true, constraints: true }).extend({
  code: z.string().nullable(),
});

/**
 * What a method gave, where it is what a record takes: else the run folder could not be opened any more.
 *
 * @throws InputError that names the method, the task, the field and what stands there.
 */
export function checkedResult(result: MethodResult, { method, task, dataset }: SampleKey): MethodResult {
  const refused = (complaint: string) =>
    new InputError(
      `method "${method}" gave no valid sample for ${task} of ${dataset}: ${complaint}. Nothing of it is written; ` +
        "`generate` is to give { rounds, code, status }, with the rounds as `context.ask` gave them",
    );
  const parsed = Result.safeParse(result, { reportInput: true });
  if (!parsed.success) throw refused(`${issueText(parsed.error)} (there is ${shown(parsed.error.issues[0]?.input)})`);
  const { code, status } = result;
  const isCode = status === "generated" || status === "truncated";
  if (isCode && code === null) throw refused(`field "code": null, though field "status" is "${status}"`);
  if (!isCode && code !== null) throw refused(`field "code": a text, though field "status" is "${status}"`);
  return result;
}

function shown(value: unknown): string {
  return inspect(value, { depth: 1, maxStringLength: 60, maxArrayLength: 3, breakLength: Infinity }).slice(0, 200);
}
