/**
 * Independent Poisson numbers, each an alias table of which a draw takes one random word whatever the mean (Walker 1977; built as in Vose
 * 1991, "A linear algorithm for generating random numbers with a given distribution"). Numbers whose probabilities add up to less than
 * 1e-16 are left out.
 *
 * The tables stand one behind the other. The upper bits of a word, all beyond `shift`, name a slot of its table. The slot stands for
 * the number `own` where the word's lower bits are below `limit`, else for `other`.
 */
export interface PoissonTables {
  /** By table: where its slots start, and how many of the word's bits are lower ones. */
  readonly start: Int32Array;
  readonly shift: Int32Array;
  /** By slot: `limit`, `own` and `other`, in turn. */
  readonly slots: Int32Array;
}

/** The tables of Poisson distributions with these means, all above 0. */
export function poissonTables(means: readonly number[]): PoissonTables {
  const tables = means.map(aliasTable);
  const start = new Int32Array(tables.length);
  let size = 0;
  for (const [i, table] of tables.entries()) {
    start[i] = size;
    size += table.slots.length;
  }
  const slots = new Int32Array(size);
  for (const [i, table] of tables.entries()) slots.set(table.slots, start[i]);
  return {
    start,
    shift: Int32Array.from(tables, ({ shift }) => shift),
    slots,
  };
}

/** The number of a table that a random word stands for. */
export function drawn({ start, shift, slots }: PoissonTables, table: number, word: number): number {
  const lower = shift[table] as number;
  const at = (start[table] as number) + 3 * (word >>> lower);
  // −1 below the limit, else 0: a branch here would be guessed wrong every other time.
  const below = ((word & ((1 << lower) - 1)) - (slots[at] as number)) >> 31;
  return slots[at + 2 + below] as number;
}

function aliasTable(mean: number): { readonly shift: number; readonly slots: Int32Array } {
  const { first, masses } = poissonMasses(mean);
  // Two bits at least, so that what a word's other bits say fits into 31.
  const bits = Math.max(2, Math.ceil(Math.log2(masses.length)));
  const size = 2 ** bits;
  const shift = 32 - bits;
  const other = new Int32Array(size);
  // What each slot holds of its own number, 1 where it is full.
  const held = new Float64Array(size);
  const short = new Int32Array(size);
  const full = new Int32Array(size);
  let [shorts, fulls] = [0, 0];
  for (let slot = 0; slot < size; slot++) {
    const share = slot < masses.length ? (masses[slot] as number) * size : 0;
    held[slot] = share;
    if (share < 1) short[shorts++] = slot;
    else full[fulls++] = slot;
  }
  while (shorts > 0 && fulls > 0) {
    const to = short[--shorts] as number;
    const from = full[fulls - 1] as number;
    other[to] = first + from;
    const rest = (held[from] as number) - (1 - (held[to] as number));
    held[from] = rest;
    if (rest < 1) short[shorts++] = full[--fulls] as number;
  }
  // What is left over is full but for rounding.
  while (shorts > 0) held[short[--shorts] as number] = 1;
  while (fulls > 0) held[full[--fulls] as number] = 1;
  const slots = new Int32Array(3 * size);
  for (let slot = 0; slot < size; slot++) {
    slots[3 * slot] = Math.round((held[slot] as number) * 2 ** shift);
    slots[3 * slot + 1] = first + slot;
    slots[3 * slot + 2] = other[slot] as number;
  }
  return { shift, slots };
}

/** P(X = first), P(X = first + 1), …, adding up to 1: outwards from the most probable number each follows from its neighbour. */
function poissonMasses(mean: number): { readonly first: number; readonly masses: Float64Array } {
  const peak = Math.floor(mean);
  let [below, above, sum] = [0, 0, 1];
  for (let mass = 1; below < peak && mass > least; below++) sum += mass *= (peak - below) / mean;
  for (let mass = 1; mass > least; above++) sum += mass *= mean / (peak + above + 1);
  const masses = new Float64Array(below + 1 + above);
  masses[below] = 1 / sum;
  for (let k = below; k > 0; k--) masses[k - 1] = ((masses[k] as number) * (peak - below + k)) / mean;
  for (let k = below; k < below + above; k++) masses[k + 1] = ((masses[k] as number) * mean) / (peak - below + k + 1);
  return { first: peak - below, masses };
}

/** Masses are followed down to this part of the largest: those that are left out then add up to less than 1e-16. */
const least = 1e-18;
