/** A few colours, 0xRRGGBB, and for each colour of a picture the number of the one that stands for it. */
export interface ColourPalette {
  readonly palette: readonly number[];
  readonly indexOf: ReadonlyMap<number, number>;
}

/** Most colours of an indexed picture, and how many of them are simply the most frequent. */
const most = 256;
const frequent = 16;

const channel = (colour: number, shift: number) => (colour >> shift) & 0xff;

function distance(a: number, b: number): number {
  return [0, 8, 16].reduce((sum, shift) => sum + (channel(a, shift) - channel(b, shift)) ** 2, 0);
}

/**
 * At most 256 colours for a picture: all of them where there are no more; else the most frequent, and then always that which is worst
 * served by those chosen (its distance from them, weighted a little by its frequency), so that no shade is far from its stand-in.
 *
 * @param colours the pixels, 0xRRGGBB
 */
export function colourPalette(colours: Uint32Array): ColourPalette {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const known = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  const all = known.map(([colour]) => colour);
  const weights = known.map(([, count]) => count ** 0.25);
  const away = new Float64Array(all.length).fill(Infinity);
  const nearest = new Uint8Array(all.length);
  const palette: number[] = [];
  /** Adds a colour to those chosen; returns the place of the one that is worst served now. */
  const choose = (chosen: number): number => {
    let [worst, least] = [0, -1];
    for (const [i, colour] of all.entries()) {
      const far = distance(colour, chosen);
      if (far < (away[i] as number)) {
        away[i] = far;
        nearest[i] = palette.length;
      }
      const served = (away[i] as number) * (weights[i] as number);
      if (served > least) [worst, least] = [i, served];
    }
    palette.push(chosen);
    return worst;
  };
  let worst = 0;
  for (const colour of all.slice(0, all.length <= most ? most : frequent)) worst = choose(colour);
  while (palette.length < Math.min(most, all.length)) worst = choose(all[worst] as number);
  return { palette, indexOf: new Map(all.map((colour, i) => [colour, nearest[i] as number])) };
}
