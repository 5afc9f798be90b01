import type { NextToken } from "../tokens/tokenSteps.js";

/** How a distribution is cut and flattened before tokens are drawn. */
export interface Warp {
  readonly temperature: number;
  /** The most likely tokens whose probabilities sum up to this; 1 keeps all. */
  readonly topP: number;
}

/** The tokens of one step that can be drawn, with their scores: log-probabilities divided by the temperature, the unlikely tail cut off. Expects best first. */
export function warp(row: readonly NextToken[], { temperature, topP }: Warp): readonly NextToken[] {
  const scaled = temperature === 1 ? row : row.map((token) => ({ ...token, logprob: token.logprob / temperature }));
  if (topP >= 1) return scaled;
  const most = scaled[0]?.logprob ?? 0;
  const weights = scaled.map(({ logprob }) => Math.exp(logprob - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return scaled.filter((_, index) => {
    const kept = before < topP * total;
    before += weights[index] ?? 0;
    return kept;
  });
}
