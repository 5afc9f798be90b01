import type { Agreement } from "../stat/agreement.js";
import { bootstrapCounts } from "../stat/bootstrapCounts.js";
import { cohenKappa } from "../stat/cohenKappa.js";
import { fleissKappa } from "../stat/fleissKappa.js";
import { gwetAC1 } from "../stat/gwetAC1.js";
import { gwetAC1Many } from "../stat/gwetAC1Many.js";
import { raterShares } from "../stat/raterShares.js";
import { type Cell, missingCell, type Row, textCell, type Where } from "../table/typedTable.js";
import type { AnnotatorVotes } from "./annotatorVotes.js";
import { countKinds } from "./countKinds.js";
import { annotatorKey, anyAnswer } from "./hasLabels.js";
import { pairsOf } from "./pairsOf.js";
import { shareInterval } from "./shareInterval.js";

/** How a line is called, and its samples. */
export interface LineName {
  readonly stage: string;
  readonly who: string;
  readonly where: Where;
}

type Answers = readonly (string | undefined)[];

/** The agreement of two lists of answers, over the samples that both have one for. */
export function pairLine(
  name: LineName,
  both: readonly (readonly [string | undefined, string | undefined])[],
  categories: readonly string[],
  seed: number,
): Row {
  const answered = both.filter((pair): pair is readonly [string, string] => pair.every((each) => each !== undefined));
  const kinds = countKinds(answered);
  const spread = (counts: readonly number[], side: 0 | 1) =>
    counts.flatMap((count, kind) => new Array<string>(count).fill(kinds.values[kind]?.[side] ?? ""));
  const statistic = (of: (first: string[], second: string[]) => Agreement) => (counts: readonly number[]) =>
    of(spread(counts, 0), spread(counts, 1)).value;
  const total = answered.length;
  const hits = answered.filter(([one, other]) => one === other).length;
  const interval = total === 0 ? {} : { interval: shareInterval(hits, total) };
  return lineOf(name, {
    n: total,
    observed: { value: hits / total, hits, total, ...interval, where: name.where },
    kappa: coefficient(kinds.counts, statistic(cohenKappa), seed, name.where),
    ac1: coefficient(
      kinds.counts,
      statistic((first, second) => gwetAC1(first, second, categories)),
      seed,
      name.where,
    ),
  });
}

/** The agreement of all annotators, over the samples that all of them have answered. */
export function manyLine(
  { question, annotators, categories, items }: AnnotatorVotes,
  stage: string,
  seed: number,
): Row {
  const answers = items.map(({ votes }) => annotators.map((annotator) => votes.get(annotator)));
  const complete = answers.filter((each: Answers) => each.every((answer) => answer !== undefined));
  const kinds = countKinds(complete.map((each) => categories.map((one) => each.filter((own) => own === one).length)));
  const spread = (counts: readonly number[]) =>
    counts.flatMap((count, kind) => new Array<readonly number[]>(count).fill(kinds.values[kind] ?? []));
  const statistic = (of: (counts: readonly (readonly number[])[]) => Agreement) => (counts: readonly number[]) =>
    of(spread(counts)).value;
  const where = { question, ...Object.fromEntries(annotators.map((each) => [annotatorKey(each), anyAnswer])) };
  const agreeing = complete.flatMap((each) => pairsOf(each).filter(([one, other]) => one === other));
  const observed = (counts: readonly number[]) => raterShares("observed", spread(counts)).observed;
  return lineOf(
    { stage, who: `all ${annotators.length}`, where },
    {
      n: complete.length,
      // The pairs of one sample depend on each other, so that Wilson's interval would be too narrow.
      observed: {
        ...coefficient(kinds.counts, observed, seed, where),
        hits: agreeing.length,
        total: (complete.length * annotators.length * (annotators.length - 1)) / 2,
      },
      kappa: coefficient(kinds.counts, statistic(fleissKappa), seed, where),
      ac1: coefficient(kinds.counts, statistic(gwetAC1Many), seed, where),
    },
  );
}

interface LineCells {
  readonly n: number;
  readonly observed: Cell;
  readonly kappa: Cell;
  readonly ac1: Cell;
}

function lineOf({ stage, who, where }: LineName, { n, observed, kappa, ac1 }: LineCells): Row {
  const name = { stage: textCell(stage), who: textCell(who) };
  const cells = { observed, kappa, ac1 };
  if (n > 0) return { ...name, n: { value: n, where }, ...cells };
  const none = missingCell(`${who} have answered no sample in common`, where);
  return { ...name, n: { value: 0, where }, observed: none, kappa: none, ac1: none };
}

function coefficient(
  counts: readonly number[],
  statistic: (counts: readonly number[]) => number,
  seed: number,
  where: Where,
): Cell {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return missingCell("no sample in common", where);
  const value = statistic(counts);
  if (Number.isNaN(value)) return missingCell("not defined where everybody gives one and the same answer", where);
  if (n < 2) return { value, where };
  const { interval } = bootstrapCounts(counts, statistic, { seed });
  return { value, interval: [interval.lower, interval.upper], where };
}
