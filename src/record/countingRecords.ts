import { InputError } from "../error.js";
import { groupRows } from "../metric/groupRows.js";
import type { Execution } from "./schema/execution.js";
import type { Scan } from "./schema/scan.js";
import type { Study } from "./schema/study.js";

/**
 * The hash of the environment whose executions count for a data set; empty where nothing was executed.
 *
 * @throws InputError when several environments compete, or `run.json` names one of which there is no execution.
 */
export function countingEnvironment(study: Study, dataset: string, executions: readonly Execution[]): string {
  const named = study.counts.environment[dataset];
  const present = [...new Set(executions.filter((e) => e.dataset === dataset).map((e) => e.environment))];
  if (present.length === 0 || (named !== undefined && present.includes(named))) return named ?? "";
  if (named === undefined && present.length === 1) return present[0] ?? "";
  const how = `name the one that counts in run.json, \`"counts": { "environment": { "${dataset}": "<hash>" } }\``;
  if (named === undefined) {
    throw new InputError(`${dataset} was executed in several environments (${present.join(", ")}): ${how}`);
  }
  throw new InputError(
    `run.json counts the executions of ${dataset} in environment ${named}, but there are none; ` +
      `there are executions in ${present.join(", ")}: ${how}, or execute again`,
  );
}

/**
 * The scans of a scanner that count, by `scanHash`: those of one version and one set of rules.
 *
 * @throws InputError when several compete, or `run.json` names one of which there is no scan.
 */
export function countingScans(study: Study, scanner: string, scans: readonly Scan[]): ReadonlyMap<string, Scan> {
  const own = scans.filter((scan) => scan.scanner === scanner);
  const named = study.counts.scanner[scanner];
  const counting = own.filter(
    (scan) => named === undefined || (scan.version === named.version && scan.rulesHash === named.rulesHash),
  );
  const present = groupRows(own, ["version", "rulesHash"]).flatMap(([first]) =>
    first === undefined ? [] : JSON.stringify({ version: first.version, rulesHash: first.rulesHash }),
  );
  const how = `name the one that counts in run.json, \`"counts": { "scanner": { "${scanner}": { "version": …, "rulesHash": … } } }\``;
  if (named === undefined && present.length > 1) {
    throw new InputError(`${scanner} scanned with several versions or rule sets (${present.join(", ")}): ${how}`);
  }
  if (own.length > 0 && counting.length === 0) {
    throw new InputError(
      `run.json counts the scans of ${scanner} with ${JSON.stringify(named)}, but there are none; ` +
        `there are scans with ${present.join(", ")}: ${how}, or scan again`,
    );
  }
  return new Map(counting.map((scan) => [scan.scanHash, scan]));
}
