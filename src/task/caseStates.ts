import { InputError } from "../error.js";
import type { CaseRecord } from "./caseRecord.js";

/** A generated case as it stands after the decisions about it. */
export interface CaseState {
  readonly dataset: string;
  readonly task: string;
  readonly case: string;
  /** Keyword arguments as the text of a Python dictionary. */
  readonly text: string;
  /** Lines of the reference that it runs. */
  readonly lines: readonly number[];
  /** `open`: nobody has decided about it yet. */
  readonly state: "open" | "struck" | "edited" | "accepted";
  /** Its text is no longer the generated one. */
  readonly isEdited: boolean;
  /** Who decided last, and why. */
  readonly decided?: { readonly who: string; readonly why: string };
}

/**
 * The cases of a file of records, in the order in which they were generated, each as the last decision about it left it.
 *
 * @throws InputError for a decision on a case that was not generated, or that is not what the decision says it was before.
 */
export function caseStates(records: readonly CaseRecord[]): CaseState[] {
  const states = new Map<string, CaseState>();
  for (const record of records) {
    const { dataset, task, case: name, event } = record;
    const key = JSON.stringify([dataset, task, name]);
    if (event === "dropped") continue;
    if (event === "generated") {
      const { after: text, lines } = record;
      states.set(key, { dataset, task, case: name, text, lines, state: "open", isEdited: false });
      continue;
    }
    const known = states.get(key);
    if (known === undefined || known.text !== record.before)
      throw new InputError(
        `case ${name} of task ${task} was ${known === undefined ? "not generated" : known.text}, ` +
          `and ${event} from ${record.before}: decide about it as it stands`,
      );
    const decided = { who: record.who, why: record.why };
    states.set(key, {
      ...known,
      ...(event === "edited" ? { text: record.after, lines: record.lines ?? [], isEdited: true } : {}),
      ...{ state: event, decided },
    });
  }
  return [...states.values()];
}
