/**
 * The quantile of ascending values by linear interpolation between order statistics: R's type 7, numpy's default.
 *
 * @param share 0 … 1
 * @example quantile(Float64Array.of(1, 2, 4), 0.75) // 3
 */
export function quantile(ascending: Float64Array, share: number): number {
  const position = share * (ascending.length - 1);
  const below = ascending[Math.floor(position)] as number;
  return below + (position % 1) * ((ascending[Math.ceil(position)] as number) - below);
}
