import { InputError } from "../../error.js";
import { betaFront, incompleteBeta } from "./incompleteBeta.js";
import type { Tails } from "./tails.js";

/**
 * The binomial distribution of n trials with probability p at k: P(X ≤ k) and P(X > k). Agrees with `scipy.stats.binom.cdf`
 * and `sf`.
 *
 * @throws InputError unless n and k are whole numbers with 0 ≤ k ≤ n and p is in 0 … 1.
 */
export function binomial(k: number, n: number, p: number): Tails {
  requireCounts("binomial", k, n, p);
  if (k === n) return { lower: 1, upper: 0 };
  return incompleteBeta(n - k, k + 1, 1 - p, p);
}

/**
 * P(X = k) of n trials with probability p. Agrees with `scipy.stats.binom.pmf`.
 *
 * @throws InputError unless n and k are whole numbers with 0 ≤ k ≤ n and p is in 0 … 1.
 */
export function binomialMass(k: number, n: number, p: number): number {
  requireCounts("binomialMass", k, n, p);
  if (p === 0 || p === 1) return k === n * p ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return p ** n;
  // C(n, k) = n/(k(n − k)) / B(k, n − k)
  return betaFront(k, n - k, p, 1 - p) * (n / (k * (n - k)));
}

function requireCounts(name: string, k: number, n: number, p: number): void {
  if (!(Number.isInteger(k) && Number.isInteger(n) && k >= 0 && k <= n && p >= 0 && p <= 1)) {
    throw new InputError(`${name} requires whole numbers 0 ≤ k ≤ n and p in 0 … 1, not k = ${k}, n = ${n}, p = ${p}`);
  }
}
