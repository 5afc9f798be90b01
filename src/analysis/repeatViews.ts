import type { ResultRow } from "../record/schema/resultRow.js";
import { memory } from "./memory.js";
import { type Configuration, type StudyView, studyView } from "./studyView.js";

/**
 * The view of each repeat of a run by itself, the first repeat first. A run with one repeat has one view, that of its rows.
 *
 * @throws InputError as `studyView`.
 */
export function repeatViews(rows: readonly ResultRow[], baseline?: string): StudyView[] {
  return viewsOf(rows, baseline ?? "", () => {
    const repeats = [...new Set(rows.map(({ repeat }) => repeat))].sort((a, b) => a - b);
    if (repeats.length < 2) return [studyView(rows, baseline)];
    return repeats.map((repeat) =>
      studyView(
        rows.filter((row) => row.repeat === repeat),
        baseline,
      ),
    );
  });
}

const viewsOf = memory<StudyView[]>();

/** The same model, method, prompt and data set in another view of the run. */
export function sameIn(view: StudyView, { dataset, prompt, model, method }: Configuration): Configuration | undefined {
  return view.configurations.find(
    (each) => each.dataset === dataset && each.prompt === prompt && each.model === model && each.method === method,
  );
}

/** How repeats come into the rows, for outputs that need them. */
export function howToRepeat({ study }: Pick<StudyView, "study">): string {
  return study.repeats > 1
    ? `the study plans ${study.repeats} repeats: widen the filter`
    : "set `repeats` in run.json to 2 or more and run `safelab run RUN`";
}
