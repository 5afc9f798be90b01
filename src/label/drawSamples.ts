import { InputError } from "../error.js";
import { canonicalJson, sha256 } from "../record/canonical.js";
import { sampleKeyOf } from "../record/recordKinds.js";
import type { Draw, DrawStrata } from "../record/schema/draw.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { SampleKey } from "../record/schema/sample.js";
import { shuffled } from "./shuffled.js";

/** How to draw. */
export interface DrawOptions {
  readonly seed: number;
  readonly n: Draw["n"];
  readonly strata: DrawStrata;
}

/**
 * Draws samples without replacement. Only the set of samples and the seed decide, so that every machine draws the same ones. A stratified
 * draw gives each stratum its share of n, whole numbers by the largest remainder (ties by name): rates over the drawn samples need
 * no weights.
 *
 * @throws InputError where there are fewer samples than asked for, or none.
 */
export function drawSamples(
  members: readonly ResultRow[],
  { seed, n, strata }: DrawOptions,
): Pick<Draw, "frame" | "samples"> {
  const wanted = n === "all" ? members.length : n;
  if (members.length === 0) throw new InputError("there is no sample to draw: see what was excluded, and why");
  if (wanted > members.length) {
    throw new InputError(
      `${wanted} samples cannot be drawn of ${members.length}: ask for at most ${members.length}, or widen the filter`,
    );
  }
  const sorted = [...members].sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1));
  const groups = new Map<string, ResultRow[]>();
  for (const row of sorted) groups.set(stratumOf(row, strata), [...(groups.get(stratumOf(row, strata)) ?? []), row]);
  const names = [...groups.keys()].sort();
  const sizes = names.map((name) => groups.get(name)?.length ?? 0);
  const quotas = sharesOf(wanted, sizes);
  const drawn = names.flatMap((name, i) => shuffled(groups.get(name) ?? [], seed, name).slice(0, quotas[i]));
  return {
    frame: {
      count: members.length,
      strata: names.map((stratum, i) => ({ stratum, count: sizes[i] ?? 0, drawn: quotas[i] ?? 0 })),
      sha256: sha256(canonicalJson(sorted.map(sampleKeyOf))),
    },
    // Strata would otherwise come one after the other.
    samples: shuffled(drawn, seed, "order").map((row) => SampleKey.parse(row)),
  };
}

function keyText(row: ResultRow): string {
  return JSON.stringify(sampleKeyOf(row));
}

function stratumOf(row: ResultRow, strata: DrawStrata): string {
  switch (strata) {
    case "none":
      return "all";
    case "cwe":
      return row.cwe === "" ? "no CWE" : row.cwe;
    case "method":
      return row.method;
    case "agreement": {
      const verdicts = new Set(
        Object.entries(row).flatMap(([column, value]) => (column.startsWith("scan_") ? [String(value)] : [])),
      );
      return verdicts.size > 1 ? "scanners differ" : `all ${[...verdicts].join("")}`;
    }
  }
}

/** Whole numbers that sum to `total` in proportion to the sizes, by the largest remainder. */
function sharesOf(total: number, sizes: readonly number[]): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (total * size) / all);
  const whole = exact.map(Math.floor);
  const left = total - whole.reduce((sum, count) => sum + count, 0);
  const order = exact.map((_, i) => i).sort((a, b) => ((exact[b] ?? 0) % 1) - ((exact[a] ?? 0) % 1) || a - b);
  for (const i of order.slice(0, left)) whole[i] = (whole[i] ?? 0) + 1;
  return whole;
}
