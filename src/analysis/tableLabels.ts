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
import { labelTitle } from "./demonstration.js";
import { annotatorKey, anyAnswer } from "./hasLabels.js";
import { labelledRows, labelNotes, whyNoLabels } from "./labelNotes.js";
import { looseLabelNotes } from "./looseLabelNotes.js";
import { answerName } from "./names.js";
import { type QuestionOption, tableIdOf } from "./questionOption.js";
import { studyView } from "./studyView.js";

const open = "unresolved";

/** What selects all samples of a line, and those with one answer. */
interface LineWhere {
  readonly all: Where;
  readonly of: (answer: string) => Where;
}

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
    { key: open, label: open, kind: "count" },
  ];
  const line = (who: string, answers: readonly (string | undefined)[], { all, of }: LineWhere): Row => {
    const given = answers.filter((answer) => answer !== undefined);
    const count = (answer: string): Cell => ({
      value: given.filter((each) => each === answer).length,
      where: { question, ...of(answer) },
    });
    return {
      who: textCell(who),
      n: { value: given.length, where: { question, ...all } },
      ...Object.fromEntries([...categories, open].map((answer) => [answer, count(answer)])),
    };
  };
  const lines = [
    ...annotators.map((name) => {
      const where = {
        all: { [annotatorKey(name)]: anyAnswer },
        of: (value: string) => ({ [annotatorKey(name)]: value }),
      };
      const answers = items.map(({ votes }) => votes.get(name));
      return { ...line(name, answers, where), [open]: textCell("") };
    }),
    line(
      "majority, before adjudication",
      items.map(({ before }) => before ?? open),
      { all: {}, of: (majority) => ({ majority }) },
    ),
    line(
      "the label that counts, after it",
      items.map(({ after }) => after ?? open),
      { all: {}, of: (label) => ({ label }) },
    ),
  ];
  const none = columns.slice(1).map(({ key }) => [key, missingCell(whyNoLabels(question), { question })] as const);
  return typedTable({
    id: tableIdOf("tableLabels", question),
    title: labelTitle(`Answers to ${question} by annotator`, rows, question),
    columns,
    rows: items.length === 0 ? [{ who: textCell("–"), ...Object.fromEntries(none) }] : lines,
    notes: [...labelNotes(labelledRows(rows, question), question), ...looseLabelNotes(rows, question)],
  });
}
