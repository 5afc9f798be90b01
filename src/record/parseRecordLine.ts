import { InputError, reasonOf } from "../error.js";
import { brokenLineAdvice } from "./brokenLineAdvice.js";
import { issueText } from "./issueText.js";
import { type RecordKind, type RecordOf, recordKinds } from "./recordKinds.js";

/**
 * Reads one line of a record file.
 *
 * @param placeOf the line's place for errors, `PATH:NUMBER`
 * @throws InputError for a line that is no record of its kind: where, why, and what makes the record again.
 */
export function parseRecordLine<K extends RecordKind>(kind: K, text: string, placeOf: () => string): RecordOf<K> {
  const refuse = (reason: string, options?: ErrorOptions) => {
    const place = placeOf();
    return new InputError(`${place}: ${reason}; ${brokenLineAdvice(kind, place.replace(/:\d+$/, ""))}`, options);
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse(`not JSON (${reasonOf(cause)}), expected one record of ${kind} a line`, { cause });
  }
  const parsed = recordKinds[kind].schema.safeParse(value);
  if (!parsed.success) throw refuse(`not a record of ${kind}: ${issueText(parsed.error)}`);
  return parsed.data as RecordOf<K>;
}
