import type { StudyView } from "../analysis/studyView.js";
import { InputError } from "../error.js";

/** The models that are asked for, else all of the study. @throws InputError where the rows do not hold one of them. */
export function modelsOf({ models }: StudyView, asked: readonly string[] = models): readonly string[] {
  const odd = asked.find((model) => !models.includes(model));
  if (odd !== undefined) throw new InputError(`no result rows of model "${odd}"; they hold ${models.join(", ")}`);
  return asked;
}
