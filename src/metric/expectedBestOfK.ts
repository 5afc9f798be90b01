import { InputError } from "../error.js";

/**
 * The mean, over all choices of k of the n scores, of the best score chosen.
 *
 * For scores of 0 and 1 with c ones it is 1 − C(n − c, k)/C(n, k), the unbiased Pass@k of Chen et al. 2021 ("Evaluating
 * Large Language Models Trained on Code", equation 1). In general it is Σᵢ x₍ᵢ₎ · C(i − 1, k − 1)/C(n, k) over the scores
 * in ascending order: x₍ᵢ₎ is the best of a choice when the other k − 1 come from the i − 1 below it. The weights are built
 * from k/n downwards by ratios, so no binomial coefficient overflows.
 *
 * @example expectedBestOfK([1, 0, 0], 2) // 2/3
 * @throws InputError unless 1 ≤ k ≤ n.
 */
export function expectedBestOfK(scores: readonly number[], k: number): number {
  const n = scores.length;
  if (!Number.isInteger(k) || k < 1 || k > n) {
    throw new InputError(`expectedBestOfK requires 1 ≤ k ≤ n, not k = ${k} of n = ${n}`);
  }
  const ascending = [...scores].sort((a, b) => a - b);
  let weight = k / n;
  let sum = 0;
  let weights = 0;
  for (let i = n; i >= k; i--) {
    sum += weight * (ascending[i - 1] as number);
    weights += weight;
    weight *= (i - k) / (i - 1);
  }
  // The weights add up to 1 but for rounding; so k equal scores give that score and nothing exceeds 1.
  return sum / weights;
}
