import { type Cell, type Column, missingCell, type Row, textCell } from "../table/typedTable.js";
import type { Exclusion } from "../metric/rate.js";
import { correctionName } from "./adjusted.js";
import type { EffectLine, FamilyOptions } from "./effectLines.js";
import { intervalName } from "./intervalName.js";
import { measureName } from "./measure.js";
import { methodName } from "./names.js";
import { stubCells } from "./stubColumns.js";

const noVariance = "all samples score the same under both methods: no t test";
const notBinary = "a mean of scores: McNemar's test takes yes or no";

/** The columns of effects: measure, n, a rate a side, difference, d, and both tests with their adjusted p. */
export function effectColumns(options: FamilyOptions, base: string, other: string): Column[] {
  const { tTest, mcnemar } = options;
  const adjusted = correctionName(options).short;
  const tests = tTest === "welch" ? "Welch’s t test" : "t test";
  const pairs = mcnemar === "corrected" ? "McNemar (χ²)" : "McNemar";
  return [
    { key: "measure", label: "Measure", kind: "text" },
    { key: "n", label: "n", kind: "count" },
    { key: "base", label: base, kind: "rate" },
    { key: "other", label: other, kind: "rate" },
    { key: "difference", label: "Δ", kind: "difference" },
    { key: "d", label: "d", kind: "effect" },
    { key: "tP", label: "p", kind: "p", group: tests },
    { key: "tAdjusted", label: adjusted, kind: "p", group: tests },
    { key: "mcnemarP", label: "p", kind: "p", group: pairs },
    { key: "mcnemarAdjusted", label: adjusted, kind: "p", group: pairs },
  ];
}

/** The cells under `effectColumns`, with those that name the other method's configuration. */
export function effectRow({ comparison, effect, tAdjusted, mcnemarAdjusted }: EffectLine): Row {
  const { base, other } = comparison;
  const where = { ...other.where, against: base.method };
  const names = {
    ...stubCells(other),
    against: textCell(methodName(base.method), base.where),
    measure: textCell(measureName(effect.measure), where),
  };
  if ("missing" in effect) {
    const keys = effectColumns({}, "", "").flatMap(({ key, kind }) => (kind === "text" ? [] : [key]));
    return { ...names, ...Object.fromEntries(keys.map((key) => [key, missingCell(effect.missing, where)])) };
  }
  const { n, excluded, tTest, mcnemar, measure } = effect;
  const share = (value: number): Partial<Cell> =>
    measure.binary ? { hits: Math.round(value * n), total: n } : { total: n };
  const cell = (value: number | undefined, otherwise: string): Cell =>
    value === undefined ? missingCell(otherwise, where) : { value, where };
  return {
    ...names,
    n: { value: n, excluded, where },
    base: { value: effect.base, ...share(effect.base), where: base.where },
    other: { value: effect.other, ...share(effect.other), where: other.where },
    difference: { value: effect.difference, total: n, interval: effect.interval, where },
    d: cell(tTest?.d, noVariance),
    tP: cell(tTest?.p, noVariance),
    tAdjusted: cell(tAdjusted, noVariance),
    mcnemarP: cell(mcnemar?.p, notBinary),
    mcnemarAdjusted: cell(mcnemarAdjusted, notBinary),
  };
}

/** What a reader must know of the tests: their variants, the family, the interval. */
export function effectNotes(lines: readonly EffectLine[], options: FamilyOptions): string[] {
  const count = (test: "tAdjusted" | "mcnemarAdjusted") => lines.filter((line) => line[test] !== undefined).length;
  const variances = options.tTest === "welch" ? "Welch’s, without equal variances" : "pooled variance, as in the paper";
  const mcnemar = options.mcnemar === "corrected" ? "χ² with continuity correction" : "exact";
  return [
    `Δ with ${intervalName(lines, options)}.`,
    `t test: independent, two-sided, ${variances}; McNemar: ${mcnemar}, two-sided, on pairs. ${correctionName(options).long} over the table’s ${count("tAdjusted")} t tests and ${count("mcnemarAdjusted")} McNemar tests.`,
  ];
}

/** What each comparison leaves out, once, and not what single scanners do beyond it; comparisons of which nothing is known leave nothing out. */
export function effectExclusions(lines: readonly EffectLine[]): (readonly Exclusion[])[] {
  const known = new Map(
    lines.flatMap(({ comparison, effect }) => ("missing" in effect ? [] : [[comparison, effect.excluded] as const])),
  );
  return [...known.values()];
}
