import type { RowPair } from "../metric/pairRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { momentsD } from "../stat/cohenD.js";
import { momentsTTest } from "../stat/independentTTest.js";
import { mcnemarCorrected } from "../stat/mcnemarCorrected.js";
import { mcnemarExact } from "../stat/mcnemarExact.js";
import { pairedNewcombeInterval } from "../stat/newcombeInterval.js";
import { tallyBootstrap } from "../stat/pairedBootstrap.js";
import { type SampleMoments, tallyMoments } from "../stat/sampleMoments.js";
import { type Tally, tallyOfCounts } from "../stat/tally.js";
import type { Measure } from "./measure.js";
import { memory } from "./memory.js";

/** Which variants of the tests compare two methods. */
export interface TestOptions {
  /** `pooled` unless told, as in the paper; `welch` does not take the variances for equal. */
  readonly tTest?: "pooled" | "welch";
  /** `exact` unless told; `corrected` is the χ² test with continuity correction, which R and older papers print. */
  readonly mcnemar?: "exact" | "corrected";
  /**
   * BCa bootstrap over pairs unless told; `newcombe` is the score interval of two shares of the same tasks, which is not too narrow where few
   * pairs differ, and no point where none does (means of scores keep the bootstrap).
   */
  readonly interval?: "bootstrap" | "newcombe";
}

/** A measure under two methods on the same tasks. Tests that are not defined on the data are absent. */
export interface Effect {
  readonly measure: Measure;
  readonly n: number;
  /** Pairs that score differently. */
  readonly differing: number;
  readonly base: number;
  readonly other: number;
  /** Mean of other − base over the pairs, with its 95 % interval. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Two-sided p of the independent t test, and Cohen's d (other − base, pooled SD); absent where neither side varies. */
  readonly tTest?: { readonly p: number; readonly d: number };
  /** McNemar's p; absent for measures that are no yes or no. */
  readonly mcnemar?: { readonly p: number; readonly gained: number; readonly lost: number };
}

/**
 * One measure on pairs of samples: difference, interval and tests. The same list of pairs gives the same answer, made once.
 *
 * @param pairs at least two, all with known verdicts
 */
export function effectOf(pairs: readonly RowPair<ResultRow>[], measure: Measure, tests: TestOptions = {}): Effect {
  const { tTest = "pooled", mcnemar = "exact", interval = "bootstrap" } = tests;
  const scores = scoresOf(pairs, measure.key, () => pairScores(pairs, measure));
  const { before, after, gained, lost } = scores;
  const newcombe = interval === "newcombe" && measure.binary;
  const varies = before.squares > 0 || after.squares > 0;
  return {
    measure,
    n: pairs.length,
    differing: gained + lost,
    base: before.mean,
    other: after.mean,
    ...(newcombe ? newcombeDifference(scores) : bootstrapOf(pairs, measure.key, () => bootstrapDifference(scores))),
    ...(varies
      ? { tTest: { p: momentsTTest(after, before, { variances: tTest }).p, d: momentsD(after, before) } }
      : {}),
    ...(measure.binary
      ? { mcnemar: { p: (mcnemar === "exact" ? mcnemarExact : mcnemarCorrected)(lost, gained).p, gained, lost } }
      : {}),
  };
}

/** How often pairs score alike, by the score of the baseline's sample and of the other. */
interface PairScores {
  readonly before: SampleMoments;
  readonly after: SampleMoments;
  readonly differences: Tally;
  readonly gained: number;
  readonly lost: number;
  /** Pairs in which both score 1, of measures that are yes or no. */
  readonly both: number;
}

type Difference = Pick<Effect, "difference" | "interval">;

const scoresOf = memory<PairScores>();
const bootstrapOf = memory<Difference>();

function pairScores(pairs: readonly RowPair<ResultRow>[], { metric }: Measure): PairScores {
  const joint = new Map<number, Map<number, number>>();
  for (const { base, other } of pairs) {
    const [from, to] = [metric.score(base), metric.score(other)];
    let counts = joint.get(from);
    if (counts === undefined) joint.set(from, (counts = new Map<number, number>()));
    counts.set(to, (counts.get(to) ?? 0) + 1);
  }
  const cells = [...joint].flatMap(([from, counts]) => [...counts].map(([to, count]) => ({ from, to, count })));
  const moments = (side: "from" | "to") => tallyMoments(tallyBy(cells, (cell) => cell[side]));
  return {
    before: moments("from"),
    after: moments("to"),
    differences: tallyBy(cells, ({ from, to }) => to - from),
    gained: countOf(cells, ({ from, to }) => to > from),
    lost: countOf(cells, ({ from, to }) => to < from),
    both: countOf(cells, ({ from, to }) => from === 1 && to === 1),
  };
}

interface PairCount {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

function tallyBy(cells: readonly PairCount[], value: (cell: PairCount) => number): Tally {
  const counts = new Map<number, number>();
  for (const cell of cells) counts.set(value(cell), (counts.get(value(cell)) ?? 0) + cell.count);
  return tallyOfCounts(counts);
}

function countOf(cells: readonly PairCount[], counts: (cell: PairCount) => boolean): number {
  return cells.reduce((sum, cell) => sum + (counts(cell) ? cell.count : 0), 0);
}

function bootstrapDifference({ differences }: PairScores): Difference {
  const { mean, interval } = tallyBootstrap(differences);
  return { difference: mean, interval: [interval.lower, interval.upper] };
}

function newcombeDifference({ before, both, gained, lost }: PairScores): Difference {
  const neither = before.n - both - gained - lost;
  const { difference, interval } = pairedNewcombeInterval({ both, onlyFirst: gained, onlySecond: lost, neither });
  return { difference, interval: [interval.lower, interval.upper] };
}
