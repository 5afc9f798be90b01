import { InputError } from "../error.js";
import type { PlacedRecord } from "./readRecords.js";
import { sampleKeyOf } from "./recordKinds.js";
import type { Label, RowLabel } from "./schema/label.js";
import { type Question, questionsOf } from "./schema/question.js";
import type { ResultRow } from "./schema/resultRow.js";
import type { Study } from "./schema/study.js";

/**
 * Rows with the labels of their samples. Rows without labels stay the same objects. Answers that were taken back are left out.
 *
 * @param placed each annotator's last answer to each question
 * @throws InputError for a label without a sample, of an unknown question, or with a value that is none of its answers: file and line.
 */
export function joinLabels(
  rows: readonly ResultRow[],
  placed: readonly PlacedRecord<Label>[],
  study: Pick<Study, "questions">,
): readonly ResultRow[] {
  if (placed.length === 0) return rows;
  const questions = questionsOf(study);
  const at = new Map(rows.map((row, i) => [keyOf(row), i]));
  const labels = new Map<number, RowLabel[]>();
  for (const { record, file, number } of placed) {
    const place = `${file}:${number}`;
    const row = at.get(keyOf(record));
    const status = row === undefined ? undefined : rows[row]?.sampleStatus;
    if (row === undefined || status === "missing" || status === "endpointFailed") {
      const why = row === undefined ? "the study does not plan it" : "it was not generated";
      throw new InputError(
        `${place}: ${record.annotator} labels a sample that is not in the run, ${sampleText(record)} (${why}): ` +
          "remove the line, or plan and generate the sample again",
      );
    }
    checkAnswer(record, Object.hasOwn(questions, record.question) ? questions[record.question] : undefined, place);
    if (record.value === null) continue;
    const own = labels.get(row) ?? [];
    labels.set(row, [...own, rowLabel(record, record.value)]);
  }
  return rows.map((row, i) => {
    const own = labels.get(i);
    return own === undefined ? row : { ...row, labels: own.sort(byAnnotator) };
  });
}

const keyOf = (key: ResultRow | Label) => JSON.stringify(sampleKeyOf(key));

/** A sample in words, for messages. */
function sampleText({ dataset, task, prompt, model, method, repeat, index }: Label): string {
  return `${dataset} ${task} (${prompt}) of ${model} with ${method}, repeat ${repeat}, index ${index}`;
}

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
