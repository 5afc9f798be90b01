import type { RowPair } from "../metric/pairRows.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { momentsD } from "../stat/cohenD.js";
import { momentsTTest } from "../stat/independentTTest.js";
import { mcnemarCorrected } from "../stat/mcnemarCorrected.js";
import { mcnemarExact } from "../stat/mcnemarExact.js";
import { pairedNewcombeInterval } from "../stat/newcombeInterval.js";
import { pairedBootstrap } from "../stat/pairedBootstrap.js";
import { type SampleMoments, sampleMoments } from "../stat/sampleMoments.js";
import type { Measure } from "./measure.js";
import { memory } from "./memory.js";

/** Which variants of the tests compare two methods. */
export interface TestOptions {
  /** `pooled` unless told, as in the paper; `welch` does not take the variances for equal. */
  readonly tTest?: "pooled" | "welch";
  /** `exact` unless told; `corrected` is the χ² test with continuity correction, which R and older papers print. */
  readonly mcnemar?: "exact" | "corrected";
  /** BCa bootstrap over pairs unless told; `newcombe` is the score interval of two shares of the same tasks, which does not shrink to a point where no pair differs (means of scores keep the bootstrap). */
  readonly interval?: "bootstrap" | "newcombe";
}

/** A measure under two methods on the same tasks. Tests that are not defined on the data are absent. */
export interface Effect {
  readonly measure: Measure;
  readonly n: number;
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
  return {
    measure,
    n: pairs.length,
    base: scores.base,
    other: scores.other,
    ...(newcombe ? newcombeDifference(scores) : bootstrapOf(pairs, measure.key, () => bootstrapDifference(scores))),
    ...testOf(pairs, JSON.stringify([measure.key, tTest]), () =>
      varies(before) || varies(after)
        ? testOfMoments(sampleMoments("effectOf", after, 2), sampleMoments("effectOf", before, 2), tTest)
        : {},
    ),
    ...(measure.binary
      ? { mcnemar: { p: (mcnemar === "exact" ? mcnemarExact : mcnemarCorrected)(lost, gained).p, gained, lost } }
      : {}),
  };
}

interface PairScores {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly base: number;
  readonly other: number;
  readonly gained: number;
  readonly lost: number;
}

type Difference = Pick<Effect, "difference" | "interval">;

const scoresOf = memory<PairScores>();
const bootstrapOf = memory<Difference>();
const testOf = memory<Pick<Effect, "tTest">>();

function pairScores(pairs: readonly RowPair<ResultRow>[], { metric }: Measure): PairScores {
  const before = pairs.map(({ base }) => metric.score(base));
  const after = pairs.map(({ other }) => metric.score(other));
  const gained = after.filter((score, i) => score > (before[i] ?? 0)).length;
  const lost = after.filter((score, i) => score < (before[i] ?? 0)).length;
  return { before, after, base: average(before), other: average(after), gained, lost };
}

function testOfMoments(
  after: SampleMoments,
  before: SampleMoments,
  variances: "pooled" | "welch",
): Required<Pick<Effect, "tTest">> {
  return { tTest: { p: momentsTTest(after, before, { variances }).p, d: momentsD(after, before) } };
}

function bootstrapDifference({ before, after }: PairScores): Difference {
  const { mean, interval } = pairedBootstrap(after.map((score, i) => score - (before[i] ?? 0)));
  return { difference: mean, interval: [interval.lower, interval.upper] };
}

function newcombeDifference({ before, after, gained, lost }: PairScores): Difference {
  const both = after.filter((score, i) => score === 1 && before[i] === 1).length;
  const neither = after.length - both - gained - lost;
  const { difference, interval } = pairedNewcombeInterval({ both, onlyFirst: gained, onlySecond: lost, neither });
  return { difference, interval: [interval.lower, interval.upper] };
}

function average(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function varies(scores: readonly number[]): boolean {
  return scores.some((score) => score !== scores[0]);
}
