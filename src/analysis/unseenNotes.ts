import type { ComparisonChanges } from "./comparisonChanges.js";
import { methodName, promptName } from "./names.js";
import type { StudyView } from "./studyView.js";

/** Comparisons that a note names. */
const shown = 4;

/** The scanners that cannot be compared though others can, each with the command that makes its verdicts, and where. */
export function unseenNotes({ prompts }: StudyView, compared: readonly ComparisonChanges[]): string[] {
  const some = compared.filter(({ missing }) => missing === undefined);
  const reasons = [...new Set(some.flatMap(({ unseen }) => unseen))];
  return reasons.map((reason) => {
    const lacking = some.filter(({ unseen }) => unseen.includes(reason)).map(({ comparison }) => comparison.other);
    const names = lacking.map(
      ({ dataset, model, prompt, method }) =>
        `${model}, ${methodName(method)} on ${dataset}${prompts.length > 1 ? ` (${promptName(prompt)})` : ""}`,
    );
    const which = names.length > shown ? `${names.length} of ${some.length} comparisons` : names.join("; ");
    const where = names.length === some.length ? "" : ` (for ${which})`;
    return `Not compared – ${reason}${where}. Families are what the other scanners report.`;
  });
}
