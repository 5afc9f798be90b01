import { sampleKeyOf } from "../record/recordKinds.js";
import type { Draw } from "../record/schema/draw.js";
import type { Label } from "../record/schema/label.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { hasDisagreement } from "./disagreement.js";

/** How far the labelling of one question is. */
export interface LabelProgress {
  readonly question: string;
  /** Distinct samples that were drawn for it. */
  readonly drawn: number;
  /** Who answered, in the order of their names, and how many of the drawn samples. */
  readonly people: readonly { readonly name: string; readonly role: Label["role"]; readonly labelled: number }[];
  /** Drawn samples on which annotators differ, and those of them that no adjudicator decided. */
  readonly disagreements: number;
  readonly open: number;
}

const keyText = (key: Parameters<typeof sampleKeyOf>[0]) => JSON.stringify(sampleKeyOf(key));

/** How far the labelling of each question with a draw is, in the order of the draws. */
export function labelProgress(rows: readonly ResultRow[], draws: readonly Draw[]): LabelProgress[] {
  const byKey = new Map(draws.length === 0 ? [] : rows.map((row) => [keyText(row), row] as const));
  return [...new Set(draws.map(({ question }) => question))].map((question) => {
    const keys = draws.filter((draw) => draw.question === question).flatMap(({ samples }) => samples.map(keyText));
    const drawn = [...new Set(keys)];
    const people = new Map<string, { name: string; role: Label["role"]; labelled: number }>();
    let [disagreements, open] = [0, 0];
    for (const key of drawn) {
      const labels = byKey.get(key)?.labels ?? [];
      const own = labels.filter((label) => label.question === question);
      for (const { annotator: name, role } of own) {
        const person = people.get(name) ?? { name, role, labelled: 0 };
        person.labelled += 1;
        people.set(name, person);
      }
      if (!hasDisagreement(labels, question)) continue;
      disagreements += 1;
      if (!own.some(({ role }) => role === "adjudicator")) open += 1;
    }
    const sorted = [...people.values()].sort((a, b) =>
      a.role === b.role ? (a.name < b.name ? -1 : 1) : a.role < b.role ? 1 : -1,
    );
    return { question, drawn: drawn.length, people: sorted, disagreements, open };
  });
}
