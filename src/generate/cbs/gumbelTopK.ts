/**
 * Draws `count` of some things without replacement, each draw with chances in proportion to exp(score) among those left: the `count` largest of score plus
 * Gumbel noise (Vieira 2014; Kool, van Hoof, Welling, ICML '19). Fewer where there are fewer.
 *
 * @param options.isAllowed what may be drawn; as if the rest were not there, but asked only about what would be drawn
 */
export function gumbelTopK<T extends { readonly score: number }>(
  all: readonly T[],
  count: number,
  { random, isAllowed = () => true }: { random: () => number; isAllowed?: (each: T) => boolean },
): T[] {
  if (all.length <= count) return all.filter(isAllowed);
  const keys = new Float64Array(all.length);
  all.forEach(({ score }, at) => (keys[at] = score - Math.log(-Math.log(positive(random)))));
  // Sorting numbers is quick, sorting things by them is not: most of the things are never looked at.
  const ranked = keys.slice().sort();
  for (let looked = Math.min(all.length, 3 * count); ; looked = all.length) {
    const least = ranked[all.length - looked] ?? -Infinity;
    const near: { each: T; key: number }[] = [];
    keys.forEach((key, at) => {
      if (key >= least) near.push({ each: all[at] as T, key });
    });
    const drawn: T[] = [];
    for (const { each } of near.sort((x, y) => y.key - x.key)) {
      if (drawn.length === count) break;
      if (isAllowed(each)) drawn.push(each);
    }
    if (drawn.length === count || looked === all.length) return drawn;
  }
}

/** A number in (0, 1): the logarithm of 0 is no key. */
function positive(random: () => number): number {
  let value = random();
  while (value === 0) value = random();
  return value;
}
