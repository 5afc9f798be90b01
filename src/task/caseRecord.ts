import { z } from "zod";
import { InputError } from "../error.js";

const shared = {
  schemaVersion: z.literal(1),
  dataset: z.string().min(1),
  task: z.string().min(1),
  case: z.string().min(1),
};
const reviewed = { ...shared, who: z.string().min(1), why: z.string().min(1), before: z.string() };

/**
 * One line of a file of generated test cases: how a case came about, or what a person decided about it. Lines are only added; the last one
 * on a case counts and the history stays. `before` and `after` are keyword arguments as the text of a Python dictionary.
 */
export const CaseRecord = z.discriminatedUnion("event", [
  z.object({
    ...shared,
    event: z.literal("generated"),
    model: z.string(),
    after: z.string(),
    ms: z.number(),
    lines: z.array(z.number()),
  }),
  z.object({ ...shared, event: z.literal("dropped"), model: z.string(), before: z.string(), why: z.string() }),
  z.object({ ...reviewed, event: z.literal("struck") }),
  z.object({ ...reviewed, event: z.literal("edited"), after: z.string() }),
  z.object({ ...reviewed, event: z.literal("accepted") }),
]);
export type CaseRecord = z.infer<typeof CaseRecord>;

/** How many cases were generated, and what became of them; `generated` = `struck` + `kept`, and edited ones are among the kept. */
export interface CaseCounts {
  readonly generated: number;
  readonly struck: number;
  readonly edited: number;
  readonly kept: number;
  /** Answers of the model that became no case. */
  readonly dropped: number;
}

/** The cases of each task as they stand after the review, and their counts. */
export interface ReviewedCases {
  /** Text of each kept case, by task, in the order in which they were generated. */
  readonly kept: ReadonlyMap<string, readonly string[]>;
  readonly counts: CaseCounts;
}

/**
 * What is left of generated cases after their review.
 *
 * @throws InputError for a decision on a case that was not generated, or that is not what the decision says it was before.
 */
export function reviewedCases(records: readonly CaseRecord[]): ReviewedCases {
  const state = new Map<string, { task: string; text: string; struck: boolean; edited: boolean }>();
  let dropped = 0;
  for (const record of records) {
    const key = JSON.stringify([record.dataset, record.task, record.case]);
    if (record.event === "dropped") dropped += 1;
    else if (record.event === "generated")
      state.set(key, { task: record.task, text: record.after, struck: false, edited: false });
    else {
      const known = state.get(key);
      if (known === undefined || known.text !== record.before)
        throw new InputError(
          `case ${record.case} of task ${record.task} was ${known === undefined ? "not generated" : known.text}, ` +
            `and ${record.event} from ${record.before}: decide about it as it stands`,
        );
      known.struck = record.event === "struck";
      if (record.event === "edited") Object.assign(known, { text: record.after, edited: true });
    }
  }
  const all = [...state.values()];
  const left = all.filter(({ struck }) => !struck);
  const kept = new Map<string, string[]>();
  for (const { task, text } of left) kept.set(task, [...(kept.get(task) ?? []), text]);
  const edited = left.filter((each) => each.edited).length;
  return {
    kept,
    counts: { generated: all.length, struck: all.length - left.length, edited, kept: left.length, dropped },
  };
}
