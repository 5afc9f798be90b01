import type { StudyView } from "../analysis/studyView.js";
import { InputError } from "../error.js";

/** The models that are asked for, else all of the study. @throws InputError where the rows do not hold one of them. */
export function modelsOf({ models, study }: StudyView, asked: readonly string[] = models): readonly string[] {
  const odd = asked.find((model) => !models.includes(model));
  if (odd !== undefined) {
    const planned = study.models.some(({ name }) => name === odd);
    throw new InputError(
      `no result rows of model "${odd}"; they hold ${models.join(", ")}${planned ? ": the study plans it, widen the filter" : ""}`,
    );
  }
  return asked;
}
