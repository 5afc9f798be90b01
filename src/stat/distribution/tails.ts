/** The two tails of a distribution at a point; `lower` + `upper` = 1, and the smaller one has full relative precision. */
export interface Tails {
  /** P(X ≤ x). */
  readonly lower: number;
  /** P(X > x). */
  readonly upper: number;
}
