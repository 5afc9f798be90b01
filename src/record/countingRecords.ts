import { InputError } from "../error.js";
import { groupRows } from "../metric/groupRows.js";
import type { Execution } from "./schema/execution.js";
import type { Scan } from "./schema/scan.js";
import type { Study } from "./schema/study.js";

/** The hash of the environment whose executions count for a data set; empty where nothing was executed. */
export function countingEnvironment(study: Study, dataset: string, executions: readonly Execution[]): string {
  const named = study.counts.environment[dataset];
  if (named !== undefined) return named;
  const present = [...new Set(executions.filter((e) => e.dataset === dataset).map((e) => e.environment))];
  if (present.length > 1) {
    throw new InputError(
      `${dataset} was executed in several environments (${present.map((hash) => hash.slice(0, 12)).join(", ")}): ` +
        `name the one that counts in run.json, \`"counts": { "environment": { "${dataset}": "<hash>" } }\``,
    );
  }
  return present[0] ?? "";
}

/** The scans of a scanner that count, by `scanHash`: those of one version and one set of rules. */
export function countingScans(study: Study, scanner: string, scans: readonly Scan[]): ReadonlyMap<string, Scan> {
  const own = scans.filter((scan) => scan.scanner === scanner);
  const named = study.counts.scanner[scanner];
  const present = groupRows(own, ["version", "rulesHash"]).flatMap(([first]) =>
    first === undefined ? [] : JSON.stringify([first.version, first.rulesHash]),
  );
  if (named === undefined && present.length > 1) {
    throw new InputError(
      `${scanner} scanned with several versions or rule sets (${present.join(", ")}): ` +
        `name the one that counts in run.json, \`"counts": { "scanner": { "${scanner}": { "version": …, "rulesHash": … } } }\``,
    );
  }
  const counts = (scan: Scan) =>
    named === undefined || (scan.version === named.version && scan.rulesHash === named.rulesHash);
  return new Map(own.filter(counts).map((scan) => [scan.scanHash, scan]));
}
