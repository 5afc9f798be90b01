import type { RecordKind, RecordOf } from "./recordKinds.js";
import type { Execution } from "./schema/execution.js";
import type { Sample } from "./schema/sample.js";
import type { Scan } from "./schema/scan.js";

/** A name as part of a file's name. */
const plain = (name: string) => name.replace(/[^\w.-]/g, "_");

/**
 * In which part of its kind a record of a copied run is kept, so that no file grows large: scans by their scanner; in a run of several
 * models samples, scans and executions by the model too, that of the first sample which holds the text.
 *
 * @returns the part's name (`executions.PART.jsonl`), or `undefined` for the file without one
 */
export function withheldPart(
  samples: readonly Sample[],
): <K extends RecordKind>(kind: K, record: RecordOf<K>) => string | undefined {
  const several = new Set(samples.map(({ model }) => model)).size > 1;
  const models = new Map<string, string>();
  for (const { model, scanHash, testHash } of [...samples].reverse())
    for (const hash of [scanHash, testHash]) if (hash !== null) models.set(hash, model);
  const modelOf = (hash: string) => (several ? [models.get(hash) ?? "other"] : []);

  const namesOf = (kind: RecordKind, record: unknown): string[] => {
    if (kind === "samples") return several ? [(record as Sample).model] : [];
    if (kind === "executions") return modelOf((record as Execution).testHash);
    if (kind !== "scans") return [];
    const { scanner, scanHash } = record as Scan;
    return [scanner, ...modelOf(scanHash)];
  };
  return (kind, record) => namesOf(kind, record).map(plain).join(".") || undefined;
}
