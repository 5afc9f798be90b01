import { resolveLabels } from "../metric/resolveLabels.js";
import { questionsOf } from "../record/schema/question.js";
import type { ResultRow } from "../record/schema/resultRow.js";

/** Who said what of the samples that carry labels for one question. */
export interface AnnotatorVotes {
  readonly question: string;
  /** By name; adjudicators are none of them. */
  readonly annotators: readonly string[];
  readonly adjudicators: readonly string[];
  /** The question's answers, in its order. */
  readonly categories: readonly string[];
  readonly items: readonly VotedItem[];
}

/** One sample with its votes. */
export interface VotedItem {
  /** Answer by annotator. */
  readonly votes: ReadonlyMap<string, string>;
  /** What the annotators' votes come to without an adjudicator; `undefined` where they have no majority. */
  readonly before: string | undefined;
  /** The same with the adjudicator's word. */
  readonly after: string | undefined;
}

/** The votes on one question. */
export function annotatorVotes(rows: readonly ResultRow[], question: string): AnnotatorVotes {
  const labelled = rows
    .filter(({ labels }) => labels.length > 0 && labels.some((label) => label.question === question))
    .map(({ labels }) => labels.filter((label) => label.question === question));
  const named = (wanted: string) =>
    [...new Set(labelled.flat().flatMap(({ annotator, role }) => (role === wanted ? annotator : [])))].sort();
  const study = rows[0]?.facts.study;
  const asked = study === undefined ? undefined : questionsOf(study)[question];
  return {
    question,
    annotators: named("annotator"),
    adjudicators: named("adjudicator"),
    categories: asked?.answers.map(({ value }) => value) ?? [],
    items: labelled.map((own) => {
      const annotating = own.filter(({ role }) => role === "annotator");
      return {
        votes: new Map(annotating.map(({ annotator, value }) => [annotator, value])),
        before: valueOf(resolveLabels(annotating, question)),
        after: valueOf(resolveLabels(own, question)),
      };
    }),
  };
}

function valueOf(label: ReturnType<typeof resolveLabels>): string | undefined {
  return label.status === "resolved" ? label.value : undefined;
}
