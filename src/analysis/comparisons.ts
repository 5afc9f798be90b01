import { addMethod, plannedMethods } from "./advice.js";
import type { Configuration, StudyView } from "./studyView.js";

/** Two methods side by side: same model, data set and prompt. Differences are other − base. */
export interface Comparison {
  readonly base: Configuration;
  readonly other: Configuration;
}

/** Every method of every model with the baseline of the same model, data set and prompt; those without one are left out. */
export function comparisons(view: StudyView): Comparison[] {
  return methodPairs(view).filter(({ base }) => base.method === view.baseline);
}

/**
 * Any two methods of the same model, data set and prompt, each pair once: `base` is the one that the study names first, its
 * baseline before all others. The pairs with the baseline are `comparisons`, in the same order.
 */
export function methodPairs({ configurations }: StudyView): Comparison[] {
  return configurations.flatMap((other, at) =>
    configurations
      .slice(0, at)
      .filter((base) => base.dataset === other.dataset && base.model === other.model && base.prompt === other.prompt)
      .map((base) => ({ base, other })),
  );
}

/** Why a run has no comparison to show. */
export function whyNoComparison(view: StudyView): string {
  const { baseline, methods, study } = view;
  if (!methods.includes(baseline)) {
    return plannedMethods(study).includes(baseline)
      ? `the rows hold no sample of the baseline "${baseline}", which the study plans: widen the filter, or name another baseline`
      : `the rows hold no sample of the baseline "${baseline}": ${addMethod(study, baseline)}, or name another baseline`;
  }
  if (methods.length > 1)
    return `the rows hold no model with "${baseline}" and another method on one data set: widen the filter`;
  const planned = plannedMethods(study).filter((method) => method !== baseline);
  return planned.length === 0
    ? `the study has no method beside "${baseline}": ${addMethod(study)}`
    : `the rows hold no method beside "${baseline}" (the study plans ${planned.join(", ")}): widen the filter`;
}

/** Why no model of a run has two methods to compare. */
export function whyNoPair({ methods, study }: StudyView): string {
  if (methods.length > 1) return `no model has two of the methods ${methods.join(", ")} on one data set`;
  const planned = plannedMethods(study).filter((method) => !methods.includes(method));
  return planned.length === 0
    ? `the rows hold one method (${methods.join(", ")}): ${addMethod(study)}`
    : `the rows hold one method (${methods.join(", ")}), the study plans ${planned.join(", ")} too: widen the filter`;
}

/** One sentence on the configurations that stand in no comparison because the rows lack their baseline, or none. */
export function unpairedNotes(view: StudyView): string[] {
  const { baseline, study } = view;
  const compared = new Set(comparisons(view).map(({ other }) => other));
  const alone = view.configurations.filter((each) => each.method !== baseline && !compared.has(each));
  if (alone.length === 0 || compared.size === 0) return [];
  const names = [...new Set(alone.map(({ model, dataset }) => `${model} on ${dataset}`))];
  const isPlanned = alone.some(({ model }) => plannedMethods(study, model).includes(baseline));
  return [
    `Left out, because the rows hold no sample of the baseline "${baseline}" there: ${names.join(", ")}; ${isPlanned ? "widen the filter" : addMethod(study, baseline)}.`,
  ];
}
