import type { ExecuteSummary } from "../execute/executeRun.js";

/** Which samples a call of `executeRun` answers, and which have no verdict of their own: one line each, those without any are left out. */
export function executedSamples({ counts, recorded, samples, noCode, withheld }: ExecuteSummary): string[] {
  const programs = Object.values(counts).reduce((sum, count) => sum + count, recorded);
  return [
    ...(programs === samples ? [] : [`${programs} distinct programs for ${samples} samples`]),
    ...(noCode === 0 ? [] : [`${noCode} samples have no code and count as failed`]),
    ...(withheld === 0 ? [] : [`${withheld} samples keep their code back and cannot be executed`]),
  ];
}
