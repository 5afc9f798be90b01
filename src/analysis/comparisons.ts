import type { Configuration, StudyView } from "./studyView.js";

/** A method beside the baseline: same model, data set and prompt. */
export interface Comparison {
  readonly base: Configuration;
  readonly other: Configuration;
}

/** Every method of every model with the baseline of the same model, data set and prompt; those without one are left out. */
export function comparisons(view: StudyView): Comparison[] {
  const { baseline, configurations } = view;
  return configurations.flatMap((other) => {
    const base = configurations.find(
      (each) =>
        each.method === baseline &&
        each.dataset === other.dataset &&
        each.model === other.model &&
        each.prompt === other.prompt,
    );
    return base === undefined || base === other ? [] : [{ base, other }];
  });
}

/** Why a run has no comparison to show. */
export function whyNoComparison({ baseline, methods, study }: StudyView): string {
  if (!methods.includes(baseline)) {
    return `the rows hold no sample of the baseline "${baseline}": add it to \`methods\` in run.json and run \`safelab generate RUN\`, or name another baseline`;
  }
  const planned = study.methods.filter((method) => method !== baseline);
  return planned.length === 0
    ? `the study has no method beside "${baseline}": add one to \`methods\` in run.json and run \`safelab generate RUN\``
    : `the rows hold no method beside "${baseline}" (the study plans ${planned.join(", ")}): widen the filter`;
}
