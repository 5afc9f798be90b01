import { exclusionReason, type Need } from "../metric/exclusionReason.js";
import { countReasons, type Exclusion } from "../metric/rate.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { makeSamples } from "./advice.js";
import { memory } from "./memory.js";
import { scannerName } from "./names.js";
import type { Configuration } from "./studyView.js";

/** What is known of a configuration: the samples that all its rates share, and what cannot be told at all. */
export interface Evidence {
  /** Samples with every verdict that the configuration has any of. One denominator for all rates of a row. */
  readonly counted: readonly ResultRow[];
  /** Planned samples that are left out, by reason. */
  readonly excluded: readonly Exclusion[];
  /** Why a need is met by no sample, with the command that makes the evidence. Needs that are met are absent. */
  readonly missing: ReadonlyMap<Need, string>;
}

/** Why samples cannot be counted; those that can are absent. */
type Doubts = ReadonlyMap<ResultRow, string>;

/**
 * Closes the denominator of a configuration: needs that no sample meets are missing as a whole (their columns say so), and
 * a sample that lacks any of the others is left out of every rate and counted.
 */
export function evidenceOf({ rows }: Pick<Configuration, "rows">, needs: readonly Need[]): Evidence {
  return evidenceOfRows(rows, JSON.stringify(needs), () => newEvidence(rows, needs));
}

const evidenceOfRows = memory<Evidence>();

function newEvidence(rows: readonly ResultRow[], needs: readonly Need[]): Evidence {
  const missing = new Map<Need, string>();
  for (const need of needs) {
    const why = missingOf(rows, need, () => missingNeed(rows, need)).why;
    if (why !== undefined) missing.set(need, why);
  }
  const met = needs.filter((need) => !missing.has(need));
  const doubts = doubtsOf({ rows }, met);
  const counted = met.length === 0 ? [] : doubts.size === 0 ? rows : rows.filter((row) => !doubts.has(row));
  return { counted, excluded: countReasons(doubts.values()), missing };
}

/**
 * Which samples of a configuration cannot be counted where these needs must be met, and why: the first of the needs that each lacks.
 * What one need rules out is found once, whatever it is asked with.
 *
 * @throws InputError where a named scanner is no column of a row.
 */
export function doubtsOf({ rows }: Pick<Configuration, "rows">, needs: readonly Need[]): Doubts {
  const parts = (needs.length === 0 ? [[]] : needs.map((need) => [need])).map((part) =>
    doubtsOfRows(rows, JSON.stringify(part), () => newDoubts(rows, part)),
  );
  const [only, ...more] = parts.filter(({ size }) => size > 0);
  return only !== undefined && more.length === 0 ? only : new Map([...parts].reverse().flatMap((part) => [...part]));
}

const doubtsOfRows = memory<Doubts>();
const missingOf = memory<{ readonly why: string | undefined }>();

function newDoubts(rows: readonly ResultRow[], needs: readonly Need[]): Doubts {
  const doubts = new Map<ResultRow, string>();
  for (const row of rows) {
    const reason = exclusionReason(row, needs);
    if (reason !== undefined) doubts.set(row, reason);
  }
  return doubts;
}

function missingNeed(rows: readonly ResultRow[], need: Need): { readonly why: string | undefined } {
  const alone = [need];
  const isKnown = rows.some((row) => hasColumn(row, need) && exclusionReason(row, alone) === undefined);
  if (isKnown) return { why: undefined };
  return {
    why: whyMissing(
      rows.filter((row) => hasColumn(row, need)),
      need,
    ),
  };
}

function hasColumn(row: ResultRow, need: Need): boolean {
  return need === "execution" || need === "union" || row[need] !== undefined;
}

function whyMissing(rows: readonly ResultRow[], need: Need): string {
  if (rows.length > 0 && rows.every((row) => row.sampleStatus === "missing")) {
    return `no samples: ${makeSamples(rows)}`;
  }
  if (rows.length > 0 && rows.every((row) => row.sampleStatus === "endpointFailed" || row.sampleStatus === "missing")) {
    return "the endpoint answered no request: see `safelab status RUN`, then run `safelab generate RUN`";
  }
  if (need === "execution") return "no executions: run `safelab execute RUN`";
  const columns = need === "union" ? (rows[0]?.facts.study.union ?? []).map((each) => `scan_${each}` as const) : [need];
  const failed = rows.some((row) => columns.some((column) => row[column] === "scanFailed"));
  if (need === "union") {
    if (failed)
      return "no sample has the verdict of every scanner of the union, scans failed: see `safelab status RUN`";
    const union = rows[0]?.facts.study.union.map(scannerName).join(", ") ?? "";
    return `no sample is scanned by every scanner of the union (${union}): run \`safelab scan RUN\``;
  }
  const scanner = need.slice("scan_".length);
  if (failed) return `every scan by ${scannerName(scanner)} that was made failed: see \`safelab status RUN\``;
  return `no scans by ${scannerName(scanner)}: run \`safelab scan RUN --scanner ${scanner}\``;
}
