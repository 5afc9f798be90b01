import { wilsonInterval } from "../stat/wilsonInterval.js";

/** 95 % Wilson interval of a share as the pair that cells hold. */
export function shareInterval(hits: number, total: number): [number, number] {
  const { lower, upper } = wilsonInterval(hits, total);
  return [lower, upper];
}
