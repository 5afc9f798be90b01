import type { StudyView } from "../analysis/studyView.js";
import { InputError } from "../error.js";

/** The data set that is asked for, else the study's first. @throws InputError where the rows do not hold it. */
export function datasetOf({ datasets, study }: StudyView, asked: string | undefined): string {
  const dataset = asked ?? datasets[0] ?? "";
  if (!datasets.includes(dataset)) {
    const planned = study.datasets.some(({ name }) => name === dataset);
    throw new InputError(
      `no result rows of data set "${dataset}"; they hold ${datasets.join(", ")}${planned ? ": the study plans it, widen the filter" : ""}`,
    );
  }
  return dataset;
}
