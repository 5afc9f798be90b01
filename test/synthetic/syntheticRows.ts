import { resultRows } from "../../src/record/resultRows.js";
import type { ResultRow } from "../../src/record/schema/resultRow.js";
import { eachSyntheticRecord, type SyntheticKinds } from "./eachSyntheticRecord.js";
import type { SyntheticDesign } from "./syntheticDesign.js";
import { syntheticStudy } from "./syntheticStudy.js";

/** The result rows of a made-up run, without a folder. */
export function syntheticRows(design: SyntheticDesign): ResultRow[] {
  const records: { [K in keyof SyntheticKinds]: SyntheticKinds[K][] } = {
    tasks: [],
    samples: [],
    executions: [],
    scans: [],
    judgements: [],
  };
  eachSyntheticRecord(design, (kind, record) => void records[kind].push(record));
  return resultRows({ path: "made-up", study: syntheticStudy(design), ...records });
}
