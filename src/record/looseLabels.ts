import type { Label } from "./schema/label.js";
import type { LooseLabel, ResultRow } from "./schema/resultRow.js";
import { type Planning, unasked } from "./unasked.js";

/** What run.json lacks for a sample that it does not plan. */
function lacking(label: Label, study: Planning, rows: readonly ResultRow[]): string {
  const isAsked = (dataset: string, task: string) => rows.some((row) => row.dataset === dataset && row.task === task);
  return unasked(label, study, { isKnown: () => true, isAsked }).why;
}

/**
 * A label whose sample the run does not have, with what is missing and what mends it.
 *
 * @param planned the row of its sample; `undefined` where the study plans none
 */
export function looseLabel(
  place: string,
  label: Label,
  { planned, study, rows }: { planned: ResultRow | undefined; study: Planning; rows: readonly ResultRow[] },
): LooseLabel {
  const { dataset, task, prompt, model, method, repeat, index, question, annotator } = label;
  const imported = study.models.find(({ name }) => name === model)?.endpoint === undefined;
  const make = imported ? `\`safelab import FILE --into RUN --method ${method}\`` : "`safelab generate RUN`";
  return {
    place,
    question,
    annotator,
    sample: `${dataset} ${task} (${prompt}) of ${model} with ${method}, repeat ${repeat}, index ${index}`,
    why: planned === undefined ? lacking(label, study, rows) : "it was not generated",
    mend:
      planned === undefined
        ? `name it in run.json and run ${make}, or give the label to the run that it is of, \`safelab label import OTHER FILE\`, and remove the line`
        : `run ${make}`,
  };
}

/** How many labels are listed before the rest is counted. */
const listed = 3;

const placesOf = (labels: readonly LooseLabel[]) =>
  labels.map(({ place, annotator, sample, why }) => `${place}, ${annotator} on ${sample}: ${why}`).join("; ");

/**
 * What a reader must know of labels that count nowhere because the run does not have their samples: how many, where they stand, and what mends
 * it. One sentence for each way of mending; none without such labels.
 */
export function looseLabelLines(labels: readonly LooseLabel[], most = listed): string[] {
  return [...new Set(labels.map(({ mend }) => mend))].map((mend) => {
    const own = labels.filter((each) => each.mend === mend);
    const rest = own.length - most;
    const more = rest > 0 ? `; and ${rest} more, which \`safelab status RUN\` lists` : "";
    const count =
      own.length === 1 ? "1 label is left out: its sample is" : `${own.length} labels are left out: their samples are`;
    return `${count} not in the run (${placesOf(own.slice(0, most))}${more}). To count ${own.length === 1 ? "it" : "them"}, ${mend}.`;
  });
}
