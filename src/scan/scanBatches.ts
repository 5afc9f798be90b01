const mostFiles = 200;
const mostCharacters = 1_000_000;

/**
 * Splits texts into batches of at most 200 files and a million characters, in order: progress shows, and a text so
 * large that a scanner might run out of time stands alone.
 */
export function scanBatches(hashes: readonly string[], lengthOf: (hash: string) => number): string[][] {
  const batches: string[][] = [];
  let characters = 0;
  for (const hash of hashes) {
    const batch = batches.at(-1);
    characters += lengthOf(hash);
    if (batch === undefined || batch.length === mostFiles || characters > mostCharacters) {
      batches.push([hash]);
      characters = lengthOf(hash);
    } else {
      batch.push(hash);
    }
  }
  return batches;
}
