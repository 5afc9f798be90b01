import { safeOf } from "../metric/safeOf.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { ScanStatus, type Severity } from "../record/schema/scan.js";
import { UnscannablePolicy } from "../record/schema/study.js";
import { severityRank, unionVerdict } from "../record/unionVerdict.js";
import { type KendallTau, kendallTau } from "../stat/kendallTau.js";
import { evidenceOf } from "./evidence.js";
import type { Configuration, StudyView } from "./studyView.js";

/**
 * One way to count: from which severity on a finding counts, what code that does not parse is, and SAFE's form (`linear` takes the plain
 * share of cases in place of the exponential).
 */
export interface Setting {
  readonly form: "exponential" | "linear";
  /** `LOW` is every finding that the study counts. */
  readonly severity: Exclude<Severity, "UNDEFINED">;
  readonly unscannable: UnscannablePolicy;
}

/** All settings: forms, severities and policies, the last changing fastest. */
export const settings: readonly Setting[] = (["exponential", "linear"] as const).flatMap((form) =>
  (["LOW", "MEDIUM", "HIGH"] as const).flatMap((severity) =>
    UnscannablePolicy.options.map((unscannable): Setting => ({ form, severity, unscannable })),
  ),
);

/** A method under every setting. */
export interface SensitivityLine {
  readonly configuration: Configuration;
  /** SAFE@1 by setting; `undefined` where no sample counts. */
  readonly safe: readonly (number | undefined)[];
  /** Samples that count, by setting. */
  readonly n: readonly number[];
}

/** The methods of one model on one data set, in the order that the study's own setting gives them. */
export interface SensitivityPanel {
  readonly lines: readonly SensitivityLine[];
  /** Rank of each line by setting, the best 1, equals share the better one. */
  readonly ranks: readonly (readonly number[])[];
  /** Which of `settings` is the study's own. */
  readonly own: number;
  /** Agreement of each setting's order with the study's own; absent with fewer than two methods. */
  readonly agreement?: readonly KendallTau[];
}

/**
 * SAFE@1 of every configuration of a group (one model, one data set) under every setting, and whether the methods' order holds.
 *
 * Findings below the study's own thresholds do not stand in the rows, so the settings start from those. A flag without a listed finding
 * stays one.
 */
export function sensitivityOf(view: StudyView, group: readonly Configuration[]): SensitivityPanel {
  const { unscannable } = view.study.policies;
  const own = settings.findIndex(
    (each) => each.form === "exponential" && each.severity === "LOW" && each.unscannable === unscannable,
  );
  const lines = group
    .map((configuration) => lineOf(configuration, view.study))
    .filter(({ safe }) => safe.some((value) => value !== undefined))
    .sort((a, b) => (b.safe[own] ?? -1) - (a.safe[own] ?? -1));
  const column = (at: number) => lines.map(({ safe }) => safe[at] ?? -1);
  const ranks = lines.map((line) =>
    settings.map((_, at) => 1 + column(at).filter((other) => other > (line.safe[at] ?? -1)).length),
  );
  return {
    ...{ lines, ranks, own },
    ...(lines.length < 2 ? {} : { agreement: settings.map((_, at) => kendallTau(column(own), column(at))) }),
  };
}

/** Samples whose union reads alike under every severity: their number, and their sums of SAFE as if all were secure. */
interface Alike {
  readonly states: readonly ResultRow["secure"][];
  n: number;
  readonly sums: { exponential: number; linear: number };
}

function lineOf(
  configuration: Configuration,
  { union, policies: { scanFailed } }: StudyView["study"],
): SensitivityLine {
  const groups = new Map<string, Alike>();
  const known = new Map<string, Alike>();
  const columns = union.map((scanner) => [scanner, `scan_${scanner}`] as const);
  for (const row of evidenceOf(configuration, ["execution"]).counted) {
    if (row.casePass === null) continue;
    const reported = reportedBy(row, columns);
    let group = known.get(reported);
    if (group === undefined) {
      const states = severities.map((severity) =>
        unionVerdict(statusesOf(row, union, severity), { unscannable: "exclude", scanFailed }),
      );
      const key = states.join();
      group = groups.get(key);
      if (group === undefined) groups.set(key, (group = { states, n: 0, sums: { exponential: 0, linear: 0 } }));
      known.set(reported, group);
    }
    group.n += 1;
    group.sums.exponential += safeOf(row.casePass, true);
    group.sums.linear += row.casePass;
  }
  const counted = settings.map(({ form, severity, unscannable }) => {
    let [n, sum] = [0, 0];
    for (const { states, sums, ...group } of groups.values()) {
      const state = states[severities.indexOf(severity)];
      const secure = state === "excluded" && unscannable !== "exclude" ? unscannable : state;
      if (secure === "secure" || secure === "insecure") n += group.n;
      if (secure === "secure") sum += sums[form];
    }
    return { n, safe: n === 0 ? undefined : sum / n };
  });
  return { configuration, n: counted.map(({ n }) => n), safe: counted.map(({ safe }) => safe) };
}

const severities = ["LOW", "MEDIUM", "HIGH"] as const;

/** All that the verdicts of a sample hang on, a letter a scanner: its status with its highest severity. */
function reportedBy(row: ResultRow, columns: readonly (readonly [string, `scan_${string}`])[]): string {
  let letters = "";
  for (const [scanner, column] of columns) {
    let highest = 0;
    for (const { severity } of row.findings[scanner] ?? nothing)
      highest = Math.max(highest, 1 + severityRank[severity]);
    letters += String.fromCharCode(statuses.indexOf(row[column] ?? "notScanned") * ranks + highest);
  }
  return letters;
}

const statuses: readonly (ScanStatus | "notScanned")[] = [...ScanStatus.options, "notScanned"];
/** No finding, or its highest severity. */
const ranks = 2 + Math.max(...Object.values(severityRank));
const nothing: ResultRow["findings"][string] = [];

/** The scanners' verdicts on a sample where only findings from a severity on count. */
function statusesOf(
  row: ResultRow,
  union: readonly string[],
  least: Setting["severity"],
): (ScanStatus | "notScanned")[] {
  return union.map((scanner) => {
    const status = row[`scan_${scanner}`] ?? "notScanned";
    const findings = row.findings[scanner] ?? [];
    if (status !== "insecure" || findings.length === 0) return status;
    return findings.some(({ severity }) => severityRank[severity] >= severityRank[least]) ? "insecure" : "secure";
  });
}
