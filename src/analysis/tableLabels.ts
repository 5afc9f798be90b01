import type { ResultRow } from "../record/schema/resultRow.js";
import {
  type Cell,
  type Column,
  missingCell,
  type Row,
  textCell,
  type TypedTable,
  typedTable,
  type Where,
} from "../table/typedTable.js";
import { annotatorVotes } from "./annotatorVotes.js";
import { annotatorKey, anyAnswer } from "./hasLabels.js";
import { labelledRows, labelNotes, whyNoLabels } from "./labelNotes.js";
import { answerName } from "./names.js";
import { type QuestionOption, tableIdOf } from "./questionOption.js";
import { studyView } from "./studyView.js";

/**
 * How often each annotator gave each answer, and what the answers come to before and after adjudication.
 *
 * @param options.question `security` unless told
 * @throws InputError for no rows.
 */
export function tableLabels(rows: readonly ResultRow[], { question = "security" }: QuestionOption = {}): TypedTable {
  studyView(rows);
  const { annotators, categories, items } = annotatorVotes(rows, question);
  const columns: Column[] = [
    { key: "who", label: "Labels of", kind: "text" },
    { key: "n", label: "n", kind: "count" },
    ...categories.map((key) => ({ key, label: answerName(key), kind: "count" as const })),
    { key: "unresolved", label: "unresolved", kind: "count" },
  ];
  const line = (who: string, answers: readonly (string | undefined)[], at: (answer: string) => Where): Row => {
    const given = answers.filter((answer) => answer !== undefined);
    const count = (answer: string): Cell => ({
      value: given.filter((each) => each === answer).length,
      where: { question, ...at(answer) },
    });
    return {
      who: textCell(who),
      n: { value: given.length, where: { question, ...at(anyAnswer) } },
      ...Object.fromEntries([...categories, "unresolved"].map((answer) => [answer, count(answer)])),
    };
  };
  const open = "unresolved";
  const lines = [
    ...annotators.map((name) => {
      const { unresolved, ...cells } = line(
        name,
        items.map(({ votes }) => votes.get(name)),
        (answer) => ({ [annotatorKey(name)]: answer }),
      );
      return { ...cells, unresolved: textCell("", unresolved?.where) };
    }),
    line(
      "majority, before adjudication",
      items.map(({ before }) => before ?? open),
      (answer) => ({ majority: answer }),
    ),
    line(
      "the label that counts, after it",
      items.map(({ after }) => after ?? open),
      (answer) => ({ label: answer }),
    ),
  ];
  const none = columns.slice(1).map(({ key }) => [key, missingCell(whyNoLabels(question), { question })] as const);
  return typedTable({
    id: tableIdOf("tableLabels", question),
    title: `Answers to ${question} by annotator`,
    columns,
    rows: items.length === 0 ? [{ who: textCell("–"), ...Object.fromEntries(none) }] : lines,
    notes: labelNotes(labelledRows(rows, question)),
  });
}
