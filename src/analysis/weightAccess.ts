import type { MethodTraits } from "../record/schema/methodTraits.js";
import type { StudyView } from "./studyView.js";

/** What the paper's methods need to see of a model [Table 1]; only those that must see something are listed. */
const paperAccess: Readonly<Record<string, MethodTraits["access"]>> = {
  sven: "full",
  safecoder: "full",
  codeguard: "partial",
};

/**
 * The models of a view to whose weights nobody had access, in its order: those that `run.json` marks so (`access` other than `full`) and,
 * of those without a mark, the ones that no method was run on which needs weights or token probabilities.
 *
 * @param traits of methods beside the paper's, by name
 */
export function modelsWithoutWeights(
  { study, models, configurations }: StudyView,
  traits: Readonly<Record<string, MethodTraits>>,
): string[] {
  const accessOf = (method: string) =>
    (Object.hasOwn(traits, method) ? traits[method]?.access : undefined) ??
    (Object.hasOwn(paperAccess, method) ? paperAccess[method] : undefined);
  return models.filter((model) => {
    const marked = study.models.find(({ name }) => name === model)?.access;
    if (marked !== undefined) return marked !== "full";
    const own = configurations.filter((each) => each.model === model).map(({ method }) => accessOf(method));
    return own.every((access) => access === undefined || access === "none");
  });
}
