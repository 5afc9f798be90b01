import { sha256 } from "../record/canonical.js";
import { seededRandom } from "../stat/seededRandom.js";

/**
 * The values in an order that the seed and a name decide (Fisher and Yates): each annotator's order, each stratum's draw has a name.
 *
 * @param values in an order that is the same on every machine
 */
export function shuffled<T>(values: readonly T[], seed: number, name: string): T[] {
  const { below } = seededRandom(parseInt(sha256(JSON.stringify([seed, name])).slice(0, 13), 16));
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  return order;
}
