/** Numbers of samples in words: `60`, or `58–60` where they differ; `0` for none. */
export function countRange(counts: readonly number[]): string {
  if (counts.length === 0) return "0";
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high ? String(low) : `${low}–${high}`;
}
