/** What is chosen from: how far it has come with its phrases, and how likely it is. */
export interface Banked {
  readonly bank: number;
  readonly score: number;
}

/**
 * Chooses at most `limit`: the best of every bank, the highest bank first, then the second best of every bank, and so on. Banks are kept apart whatever the
 * scores are; adding 100 a bank to the score, as transformers' scorer does, mixes them once scores differ by more than 100.
 */
export function takeByBank<T extends Banked>(all: readonly T[], limit: number): T[] {
  const banks = new Map<number, T[]>();
  for (const each of all) {
    const own = banks.get(each.bank);
    if (own === undefined) banks.set(each.bank, [each]);
    else own.push(each);
  }
  const columns = [...banks].sort(([a], [b]) => b - a).map(([, own]) => own.sort((a, b) => b.score - a.score));
  const chosen: T[] = [];
  for (let rank = 0; chosen.length < limit && rank < all.length; rank += 1)
    for (const own of columns) {
      const each = own[rank];
      if (each !== undefined && chosen.length < limit) chosen.push(each);
    }
  return chosen;
}
