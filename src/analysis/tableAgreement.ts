import type { ResultRow } from "../record/schema/resultRow.js";
import { type Column, missingCell, type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { manyLine, pairLine } from "./agreementLines.js";
import { type AnnotatorVotes, annotatorVotes } from "./annotatorVotes.js";
import { labelTitle } from "./demonstration.js";
import { annotatorKey, anyAnswer } from "./hasLabels.js";
import { labelledRows, labelNotes, whyNoLabels } from "./labelNotes.js";
import { looseLabelNotes } from "./looseLabelNotes.js";
import { pairsOf } from "./pairsOf.js";
import { studyView } from "./studyView.js";
import { type QuestionOption, tableIdOf } from "./questionOption.js";

const columns: readonly Column[] = [
  { key: "stage", label: "Labels", kind: "text" },
  { key: "who", label: "Annotators", kind: "text" },
  { key: "n", label: "n", kind: "count" },
  { key: "observed", label: "Agreement", kind: "percent" },
  { key: "kappa", label: "Kappa", kind: "number" },
  { key: "ac1", label: "Gwet’s AC1", kind: "number" },
];

const before = "Before adjudication";
const after = "After adjudication";

/**
 * How far annotators agree on a question: every pair of them, all of them where there are more than two, and, once adjudicated, each of
 * them with the label that counts. Agreement of two with Wilson interval, that of all, kappa
 * (Cohen's of a pair, Fleiss' of more) and Gwet's AC1 with BCa bootstrap intervals over the samples that all of the line have answered.
 *
 * @param options.question `security` unless told
 * @throws InputError for no rows.
 */
export function tableAgreement(rows: readonly ResultRow[], { question = "security" }: QuestionOption = {}): TypedTable {
  const { study } = studyView(rows);
  const votes = annotatorVotes(rows, question);
  return typedTable({
    id: tableIdOf("tableAgreement", question),
    title: labelTitle(`How far annotators agree on ${question}`, rows, question),
    columns,
    rows: linesOf(votes, study.seed),
    notes: [
      `Kappa is Cohen’s for two annotators and Fleiss’ for more; where one answer dominates it is low in spite of high agreement, and AC1 is the better guide. Intervals: 95 %, Wilson for the agreement of two, BCa bootstrap over the samples else (2,000 resamples, seed ${study.seed}).`,
      ...labelNotes(labelledRows(rows, question), question),
      ...looseLabelNotes(rows, question),
    ],
  });
}

function linesOf(votes: AnnotatorVotes, seed: number): Row[] {
  const { question, annotators, adjudicators, items } = votes;
  const needs = columns.slice(2).map(({ key }) => key);
  const absent = (who: string, reason: string): Row => ({
    stage: textCell(before),
    who: textCell(who),
    ...Object.fromEntries(needs.map((key) => [key, missingCell(reason, { question })])),
  });
  if (items.length === 0) return [absent("–", whyNoLabels(question))];
  if (annotators.length < 2) {
    const reason =
      "kappa is not defined for one annotator: have a second annotator answer, `safelab label serve RUN --annotator NAME`";
    return [absent(annotators[0] ?? adjudicators.join(", "), reason)];
  }
  const pairs = pairsOf(annotators).map(([one, other]) => {
    const both = items.map(({ votes }) => [votes.get(one), votes.get(other)] as const);
    const where = { question, [annotatorKey(one)]: anyAnswer, [annotatorKey(other)]: anyAnswer };
    return pairLine({ stage: before, who: `${one}, ${other}`, where }, both, votes.categories, seed);
  });
  const all = annotators.length > 2 ? [manyLine(votes, before, seed)] : [];
  const final = (adjudicators.length > 0 ? annotators : []).map((one) => {
    const both = items.map(({ votes, after }) => [votes.get(one), after] as const);
    const where = { question, [annotatorKey(one)]: anyAnswer, label: anyAnswer };
    return pairLine({ stage: after, who: `${one}, the label that counts`, where }, both, votes.categories, seed);
  });
  return [...pairs, ...all, ...final];
}
