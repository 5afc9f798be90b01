import type { ScannedBatch, ScannedFile } from "./scanner.js";

/** What one run of a scanner gave: an answer about files, or why there is none. */
export type BatchAnswer =
  { readonly kind: "answered"; readonly files: ScannedBatch } | { readonly kind: "broken"; readonly reason: string };

const failed = (reason: string): ScannedFile => ({ status: "scanFailed", reason, findings: [] });

/**
 * Scans a batch with one run; a broken run is repeated on each half until the files that break it stand alone and are
 * `scanFailed` for that run's reason. A file that an answer leaves out is `scanFailed`, never secure.
 *
 * `onBroken` is called with the reason of the first broken run, before the search: it throws when the scanner, not a
 * file, is at fault.
 */
export async function bisectBatch(
  hashes: readonly string[],
  attempt: (hashes: readonly string[]) => Promise<BatchAnswer>,
  onBroken: (reason: string) => Promise<void>,
): Promise<ScannedBatch> {
  const batch = new Map<string, ScannedFile>();
  let isKnownToWork = false;
  const search = async (part: readonly string[]): Promise<void> => {
    if (part.length === 0) return;
    const answer = await attempt(part);
    if (answer.kind === "answered") {
      for (const hash of part) {
        batch.set(hash, answer.files.get(hash) ?? failed("the scanner's answer does not name this file"));
      }
      return;
    }
    if (!isKnownToWork) await onBroken(answer.reason);
    isKnownToWork = true;
    const [only] = part;
    if (only !== undefined && part.length === 1) {
      batch.set(only, failed(answer.reason));
      return;
    }
    const middle = Math.ceil(part.length / 2);
    await search(part.slice(0, middle));
    await search(part.slice(middle));
  };
  await search(hashes);
  return batch;
}
