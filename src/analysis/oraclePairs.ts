import { InputError } from "../error.js";
import { type ConfusionMatrix, confusionMatrix } from "../metric/confusionMatrix.js";
import { hitsLabel, labelOf } from "../metric/labelledCwe.js";
import { countReasons, type Exclusion } from "../metric/rate.js";
import { columnVerdict } from "../metric/scannerVerdict.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { scannerName, scannerOrder } from "./names.js";

/** The two versions of a task whose truth is known. */
export interface OraclePair {
  readonly vulnerable: ResultRow;
  readonly patched: ResultRow;
}

/** Who says `secure` or `insecure`: a scanner, the union, a judge. */
export interface Voice {
  /** The column of result rows that holds the verdict: `scan_bandit`, `secure`, `judge_NAME`. */
  readonly column: "secure" | `scan_${string}` | `judge_${string}`;
  readonly name: string;
  /** The scanners whose findings stand behind it; none for judges, which are not asked for lines that can be matched. */
  readonly scanners: readonly string[];
}

/** What a voice said of pairs: counts by truth, pairs told apart (vulnerable flagged, patched not), and what was left out. */
export interface OracleCounts {
  readonly pairs: number;
  readonly matrix: ConfusionMatrix;
  readonly toldApart: number;
  readonly excluded: readonly Exclusion[];
}

/** The two methods of an oracle. */
export const truths = { vulnerable: "vulnerable", patched: "patched" } as const;

/** Whether rows are of an oracle run: its methods are the two versions whose truth is known. */
export function isOracle(rows: readonly ResultRow[]): boolean {
  const known: readonly string[] = Object.values(truths);
  return rows.length > 0 && rows.every(({ method }) => known.includes(method));
}

/**
 * The pairs of an oracle run, whose methods are `vulnerable` and `patched`.
 *
 * @throws InputError where the rows are of another run.
 */
export function oraclePairs(rows: readonly ResultRow[]): OraclePair[] {
  const of = (method: string) =>
    new Map(rows.filter((row) => row.method === method).map((row) => [JSON.stringify([row.dataset, row.task]), row]));
  const patched = of(truths.patched);
  const pairs = [...of(truths.vulnerable)].flatMap(([key, vulnerable]) => {
    const other = patched.get(key);
    return other === undefined ? [] : [{ vulnerable, patched: other }];
  });
  if (pairs.length === 0)
    throw new InputError(
      "the rows hold no task with a vulnerable and a patched version: make such a run with `safelab oracle RUN`",
    );
  return pairs;
}

/** The voices of an oracle run: its scanners, their union, its judges. */
export function voicesOf([first]: readonly OraclePair[]): Voice[] {
  const columns = Object.keys(first?.vulnerable ?? {});
  const named = (prefix: string) =>
    columns.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  const scanners = scannerOrder(named("scan_"));
  const union = first?.vulnerable.facts.study.union ?? [];
  return [
    ...scanners.map((name): Voice => ({ column: `scan_${name}`, name: scannerName(name), scanners: [name] })),
    ...(union.length > 1 ? [{ column: "secure", name: "Union", scanners: union } as const] : []),
    ...named("judge_").map((name): Voice => ({ column: `judge_${name}`, name, scanners: [] })),
  ];
}

const isScan = (column: Voice["column"]): column is `scan_${string}` => column.startsWith("scan_");

/** What a voice says of a version, after the study's policies. */
function verdictOf(row: ResultRow, { column }: Voice): string | undefined {
  return isScan(column) ? columnVerdict(row, column) : row[column];
}

/** Why a voice has no verdict on a version; `undefined` where it has one. */
function reasonOf(row: ResultRow, voice: Voice): string | undefined {
  const verdict = verdictOf(row, voice);
  if (verdict === "secure" || verdict === "insecure") return undefined;
  return verdict === "excluded" ? "unscannable" : String(verdict);
}

/** Whether a version is flagged: by any finding, or only by one of the labelled CWE's family. */
function isFlagged(row: ResultRow, voice: Voice, byFamily: boolean): boolean {
  if (verdictOf(row, voice) !== "insecure") return false;
  if (!byFamily) return true;
  const label = labelOf(row);
  return (
    label !== undefined &&
    voice.scanners.some((scanner) => (row.findings[scanner] ?? []).some((f) => hitsLabel(f, label, true)))
  );
}

/**
 * What a voice says of pairs, the vulnerable version being positive. A pair counts where both of its versions have a verdict.
 *
 * @param byFamily only findings whose CWE is of the family of the task's labelled one count as a flag
 */
export function oracleCounts(pairs: readonly OraclePair[], voice: Voice, byFamily: boolean): OracleCounts {
  const reasons: string[] = [];
  const counted = pairs.filter(({ vulnerable, patched }) => {
    const reason = reasonOf(vulnerable, voice) ?? reasonOf(patched, voice);
    if (reason !== undefined) reasons.push(reason);
    return reason === undefined;
  });
  const said = counted.map(({ vulnerable, patched }) => ({
    vulnerable: isFlagged(vulnerable, voice, byFamily),
    patched: isFlagged(patched, voice, byFamily),
  }));
  return {
    pairs: counted.length,
    matrix: confusionMatrix(
      said.flatMap((pair) => [
        { predicted: pair.vulnerable, actual: true },
        { predicted: pair.patched, actual: false },
      ]),
    ),
    toldApart: said.filter((pair) => pair.vulnerable && !pair.patched).length,
    excluded: countReasons(reasons),
  };
}
