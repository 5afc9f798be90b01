import type { NextToken } from "../tokens/tokenSteps.js";
import { type Beam, type BeamRules, beamStep } from "./beamStep.js";
import { isComplete, newState } from "./phraseState.js";
import { seededRandom } from "../../stat/seededRandom.js";

/** A search's bounds, and where its distributions come from. */
export interface BeamSearchOptions extends BeamRules {
  readonly seed: number;
  readonly maxNewTokens: number;
  /** The likely next tokens after each of some sequences of generated tokens: one request for all. */
  next(sequences: readonly (readonly number[])[]): Promise<readonly (readonly NextToken[])[]>;
  /** Waits until the bytes of these tokens are known. */
  learn(ids: readonly number[]): Promise<void>;
}

/** A text that a search came to. */
export interface Hypothesis extends Beam {
  /** It ended by itself; otherwise the tokens were used up. */
  readonly ended: boolean;
  /** Score divided by the number of tokens. */
  readonly normalised: number;
}

/** What a search came to, best first: texts with all demands met, then the others. */
export interface BeamSearch {
  readonly hypotheses: readonly Hypothesis[];
  readonly steps: number;
  readonly forced: number;
  readonly outside: number;
  /** Seconds of this computation, without the wait for distributions. */
  readonly ownSeconds: number;
}

/**
 * Constrained beam sampling. It begins with one empty text (transformers begins with as many equal ones as there are beams, which only repeat one another) and ends when
 * as many texts have ended as there are beams and none under way can still be better, when none is under way, or when the tokens are used up.
 */
export async function beamSearch(options: BeamSearchOptions): Promise<BeamSearch> {
  const random = seededRandom(options.seed).uniform;
  let beams: readonly Beam[] = [{ ids: [], text: "", score: 0, state: newState(options.demands) }];
  const finished: Hypothesis[] = [];
  let [steps, forced, outside, ownSeconds] = [0, 0, 0, 0];
  while (steps < options.maxNewTokens && beams.length > 0 && !isSettled(finished, beams, options.beams)) {
    const rows = await options.next(beams.map(({ ids }) => ids));
    const unknown: number[] = [];
    for (const row of rows) for (const { id } of row) if (options.pieceOf(id) === undefined) unknown.push(id);
    if (unknown.length > 0) await options.learn(unknown);
    const start = performance.now();
    const step = beamStep(beams, rows, { rules: options, random });
    finished.push(...step.finished.map((beam) => hypothesis(beam, true)));
    beams = step.beams;
    steps += 1;
    forced += step.forced;
    outside += step.outside;
    ownSeconds += (performance.now() - start) / 1000;
  }
  const all = [...finished, ...beams.map((beam) => hypothesis(beam, false))];
  const hypotheses = all.sort(
    (a, b) => Number(isComplete(b.state)) - Number(isComplete(a.state)) || b.normalised - a.normalised,
  );
  return { hypotheses, steps, forced, outside, ownSeconds };
}

function hypothesis(beam: Beam, ended: boolean): Hypothesis {
  return { ...beam, ended, normalised: beam.score / Math.max(1, beam.ids.length) };
}

function isSettled(finished: readonly Hypothesis[], beams: readonly Beam[], wanted: number): boolean {
  if (finished.length < wanted) return false;
  const worst = Math.min(
    ...finished
      .map(({ normalised }) => normalised)
      .sort((a, b) => b - a)
      .slice(0, wanted),
  );
  return beams.every((beam) => hypothesis(beam, false).normalised <= worst);
}
