import type { BaselineSample } from "../methods/method.js";
import type { ConstraintRow } from "./constraintRows.js";

/** What holds for one task: of each list of `positive` one phrase must stand in the code, of `negative` none. */
export interface Chosen {
  readonly positive: readonly (readonly string[])[];
  readonly negative: readonly string[];
  /** Sentences for the prompt. */
  readonly hints: readonly string[];
}

/**
 * The constraints of the weaknesses that scanners reported in the baseline's code (paper, section 4.2). Phrases are banned wherever the weakness was reported; one is
 * forced only where the baseline's code holds the row's trigger, since forced into other code it would be junk.
 */
export function chooseConstraints({ code, findings }: BaselineSample, rows: readonly ConstraintRow[]): Chosen {
  const reported = new Set(findings.flatMap(({ cwe }) => cwe));
  const own = rows.filter(({ cwe }) => cwe.some((number) => reported.has(number)));
  const isTriggered = ({ trigger }: ConstraintRow) =>
    trigger.length === 0 || trigger.some((text) => code?.includes(text) === true);
  const forcing = own.filter(isTriggered);
  const positive = forcing.flatMap((row) => row.positive);
  const demanded = positive.flat();
  return {
    positive,
    // A phrase that another row demands cannot be banned.
    negative: [...new Set(own.flatMap((row) => row.negative))].filter(
      (banned) => !demanded.some((phrase) => phrase.includes(banned)),
    ),
    hints: [...new Set(forcing.map(({ hint }) => hint))].filter((hint) => hint !== ""),
  };
}
