import { InputError } from "../error.js";

/** A confidence interval. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
  /** Nominal coverage, e.g. 0.95. */
  readonly confidence: number;
}

/** How sure an interval is to be; 0.95 unless told. */
export interface IntervalOptions {
  readonly confidence?: number;
}

/** The confidence asked for. @throws InputError unless it lies between 0 and 1. */
export function confidenceOf(name: string, { confidence = 0.95 }: IntervalOptions): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new InputError(`${name} requires a confidence between 0 and 1, not ${confidence}`);
  }
  return confidence;
}
