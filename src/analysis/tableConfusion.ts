import type { ResultRow } from "../record/schema/resultRow.js";
import { type Column, missingCell, type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { annotatorVotes } from "./annotatorVotes.js";
import { demonstrationNotes, labelTitle } from "./demonstration.js";
import { annotatorKey } from "./hasLabels.js";
import { whyNoLabels } from "./labelNotes.js";
import { looseLabelNotes } from "./looseLabelNotes.js";
import { answerName } from "./names.js";
import { pairsOf } from "./pairsOf.js";
import { type QuestionOption, tableIdOf } from "./questionOption.js";
import { studyView } from "./studyView.js";

/**
 * Where two annotators differ: for every pair, how often the first gave the answer of the line while the second gave that of the column.
 * What lies off the diagonal is disagreement.
 *
 * @param options.question `security` unless told
 * @throws InputError for no rows.
 */
export function tableConfusion(rows: readonly ResultRow[], { question = "security" }: QuestionOption = {}): TypedTable {
  studyView(rows);
  const { annotators, categories, items } = annotatorVotes(rows, question);
  const columns: Column[] = [
    { key: "pair", label: "First and second", kind: "text" },
    { key: "answer", label: "The first says", kind: "text" },
    ...categories.map((key) => ({ key, label: answerName(key), kind: "count" as const, group: "The second says" })),
  ];
  const lines = pairsOf(annotators).flatMap(([first, second]) =>
    categories.map((answer): Row => {
      const cell = (other: string) => ({
        value: items.filter(({ votes }) => votes.get(first) === answer && votes.get(second) === other).length,
        where: { question, [annotatorKey(first)]: answer, [annotatorKey(second)]: other },
      });
      return {
        pair: textCell(`${first}, ${second}`),
        answer: textCell(answerName(answer)),
        ...Object.fromEntries(categories.map((other) => [other, cell(other)])),
      };
    }),
  );
  const why =
    items.length === 0
      ? whyNoLabels(question)
      : "one annotator alone cannot differ: have a second annotator answer, `safelab label serve RUN --annotator NAME`";
  const none: Row = {
    pair: textCell(annotators[0] ?? "–"),
    answer: textCell("–"),
    ...Object.fromEntries(categories.map((key) => [key, missingCell(why, { question })])),
  };
  return typedTable({
    id: tableIdOf("tableConfusion", question),
    title: labelTitle(`Where annotators differ on ${question}`, rows, question),
    columns,
    rows: lines.length === 0 ? [none] : lines,
    notes: [...demonstrationNotes(rows, question), ...looseLabelNotes(rows, question)],
  });
}
