import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { eachSyntheticRecord, syntheticKinds } from "./eachSyntheticRecord.js";
import type { SyntheticDesign } from "./syntheticDesign.js";
import { syntheticStudy } from "./syntheticStudy.js";

/** Writes a run folder of made-up records with the planted effects; the same design gives the same bytes. */
export function writeSyntheticRun(folder: string, design: SyntheticDesign): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "run.json"), JSON.stringify(syntheticStudy(design), null, 2));
  const files = new Map(syntheticKinds.map((kind) => [kind, lineWriter(join(folder, `${kind}.jsonl`))]));
  eachSyntheticRecord(design, (kind, record) => files.get(kind)?.write(record));
  for (const file of files.values()) file.close();
}

function lineWriter(file: string): { readonly write: (record: object) => void; readonly close: () => void } {
  const handle = openSync(file, "w");
  let waiting: string[] = [];
  const flush = () => {
    if (waiting.length > 0) writeSync(handle, waiting.join(""));
    waiting = [];
  };
  return {
    write(record) {
      waiting.push(`${JSON.stringify(record)}\n`);
      if (waiting.length === 1000) flush();
    },
    close() {
      flush();
      closeSync(handle);
    },
  };
}
