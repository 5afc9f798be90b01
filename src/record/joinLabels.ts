import { InputError } from "../error.js";
import { looseLabel } from "./looseLabels.js";
import type { PlacedRecord } from "./readRecords.js";
import { sampleKeyOf } from "./recordKinds.js";
import type { Label, RowLabel } from "./schema/label.js";
import { type Question, questionsOf } from "./schema/question.js";
import type { LooseLabel, ResultRow } from "./schema/resultRow.js";
import type { Study } from "./schema/study.js";
import type { Planning } from "./unasked.js";

/** Rows with their labels, and the labels for which there is no row with a sample. */
export interface JoinedLabels {
  readonly rows: readonly ResultRow[];
  readonly loose: readonly LooseLabel[];
}

/**
 * Rows with the labels of their samples. Answers that were taken back are left out. A label whose sample the run does not have
 * counts nowhere; all rows know of it (`facts.looseLabels`), so that what is made of them can say so. Rows without labels stay the
 * same objects where there is none of that kind.
 *
 * @param placed each annotator's last answer to each question
 * @throws InputError for a label of an unknown question, or with a value that is none of its answers: file and line.
 */
export function joinLabels(
  rows: readonly ResultRow[],
  placed: readonly PlacedRecord<Label>[],
  study: Pick<Study, "questions"> & Planning,
): JoinedLabels {
  if (placed.length === 0) return { rows, loose: [] };
  const questions = questionsOf(study);
  const at = new Map(rows.map((row, i) => [keyOf(row), i]));
  const labels = new Map<number, RowLabel[]>();
  const loose: LooseLabel[] = [];
  for (const { record, file, number } of placed) {
    const place = `${file}:${number}`;
    checkAnswer(record, Object.hasOwn(questions, record.question) ? questions[record.question] : undefined, place);
    if (record.value === null) continue;
    const index = at.get(keyOf(record));
    const planned = index === undefined ? undefined : rows[index];
    if (index === undefined || planned?.sampleStatus === "missing" || planned?.sampleStatus === "endpointFailed") {
      loose.push(looseLabel(place, record, { planned, study, rows }));
      continue;
    }
    const own = labels.get(index) ?? [];
    labels.set(index, [...own, rowLabel(record, record.value)]);
  }
  const [first] = rows;
  const known = loose.length === 0 || first === undefined ? {} : { facts: { ...first.facts, looseLabels: loose } };
  const joined = rows.map((row, i) => {
    const own = labels.get(i);
    if (own === undefined && loose.length === 0) return row;
    return { ...row, ...known, ...(own === undefined ? {} : { labels: own.sort(byAnnotator) }) };
  });
  return { rows: joined, loose };
}

const keyOf = (key: ResultRow | Label) => JSON.stringify(sampleKeyOf(key));

function checkAnswer({ question, value }: Label, known: Question | undefined, place: string): void {
  if (known === undefined) {
    throw new InputError(`${place}: the run has no question "${question}": define it under \`questions\` in run.json`);
  }
  const answers = known.answers.map((answer) => answer.value);
  if (value !== null && !answers.includes(value)) {
    throw new InputError(`${place}: "${value}" is no answer to ${question}: expected ${answers.join(", ")}`);
  }
}

function rowLabel({ annotator, role, question, cwe, lines, note, seconds }: Label, value: string): RowLabel {
  return { annotator, role, question, value, cwe, lines, note, seconds };
}

function byAnnotator(a: RowLabel, b: RowLabel): number {
  return a.annotator < b.annotator ? -1 : a.annotator > b.annotator ? 1 : 0;
}
