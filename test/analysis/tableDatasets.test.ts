import { describe, expect, test } from "vitest";
import { compareColumns } from "../../src/analysis/compareColumns.js";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { table6 } from "../../src/analysis/table6.js";
import { tableDatasets } from "../../src/analysis/tableDatasets.js";
import { syntheticRows } from "./rows.js";

/**
 * Table 6 of the paper as printed (in the copy at hand), in percent: its 21 lines on BigCodeBench, then on SecCodePLT+, and p of
 * scipy.stats.ttest_ind(first, second).pvalue.
 */
const published = [
  {
    first: [
      ...[18.81, 22.77, 11.88, 12.87, 2.59, 1.03, 1.03, 35.75, 47.26, 13.69, 21.23],
      ...[43.15, 8.33, 13.88, 0, 30.55, 40, 0, 80, 20.28, 8.1],
    ],
    second: [
      ...[43.58, 48.71, 12.82, 5.1, 6.12, 12.24, 2.04, 8.16, 10, 4, 2],
      ...[0, 42.3, 3.84, 11.53, 15.38, 0, 0, 0, 3.12, 3.5],
    ],
    p: 0.08863897586160195,
    welch: 0.0892610349844614,
  },
  {
    first: [
      ...[69, 73, 33.55, 55.7, 33.87, 20.64, 16.77, 77.09, 59.45, 28.37, 39.64],
      ...[69.81, 72.46, 84.05, 8.69, 62.31, 68.42, 52.63, 57.89, 31.33, 16.74],
    ],
    second: [
      ...[76.74, 62.79, 39.53, 46.51, 23.68, 42.1, 28.94, 50, 36.58, 31.7, 26.82],
      ...[34.14, 66.66, 27.27, 45.45, 27.27, 21.33, 21.33, 14.66, 24.32, 29.16],
    ],
    p: 0.05552857896383648,
    welch: 0.05631401123481932,
  },
  {
    first: [0, 0, 1.34, 0.67, 0.32, 0.32, 0.32, 0.96, 1.35, 1.35, 0.45, 0, 0, 0, 0, 0, 0, 0, 0, 1.63, 0.46],
    second: [
      ...[0, 0, 2.32, 11.62, 7.89, 5.26, 10.52, 5.26, 4.87, 4.87, 2.43],
      ...[24.39, 9.09, 6.06, 3.03, 21.21, 1.33, 0, 0, 2.7, 2.08],
    ],
    p: 0.0004467127737875567,
    welch: 0.0010335642780981086,
  },
  {
    first: [
      ...[3.15, 3.09, 4.07, 1.82, 1.74, 3.19, 1.88, 2.03, 1.43, 2, 1.57],
      ...[0.42, 11.77, 11.77, 12.76, 12.39, 5.15, 0, 0.73, 1.88, 0.44],
    ],
    second: [
      ...[4.08, 5.37, 6.42, 12.85, 6.32, 5.43, 7.07, 9.22, 5.53, 6.68, 5.76],
      ...[14.99, 7.81, 7.44, 6.71, 18.68, 0.98, 3.67, 0.71, 7.89, 6.02],
    ],
    p: 0.019654697102110746,
    welch: 0.019657092684634878,
  },
];
const printed = (percents: readonly number[]) =>
  percents.map((percent) => ({ hits: Math.round(100 * percent), total: 10_000 }));

describe("compareColumns", () => {
  test("on the published Table 6 finds p = .089, .056, .0004 and .020: only the first two columns do not differ", () => {
    for (const { first, second, p, welch } of published) {
      const [a, b] = [printed(first), printed(second)];
      expect(compareColumns(a, b).tTest?.p).toBeCloseTo(p, 10);
      expect(compareColumns(a, b, { tTest: "welch" }).tTest?.p).toBeCloseTo(welch, 10);
      // All shares weigh the same here.
      expect(compareColumns(a, b).weightedP).toBeCloseTo(p, 10);
    }
  });

  test("weighted with n a share of five samples counts less than one of two hundred", () => {
    const share = ([hits, total]: readonly [number, number]) => ({ hits, total });
    const first = (
      [
        [1, 5],
        [30, 193],
        [12, 146],
        [40, 212],
      ] as const
    ).map(share);
    const second = (
      [
        [3, 39],
        [9, 49],
        [1, 25],
      ] as const
    ).map(share);
    const { means, pooled, pooledInterval, weightedP } = compareColumns(first, second);
    expect(means[0]).toBeCloseTo((1 / 5 + 30 / 193 + 12 / 146 + 40 / 212) / 4, 12);
    expect(pooled).toEqual([
      { hits: 83, total: 556 },
      { hits: 13, total: 113 },
    ]);
    // statsmodels.api.WLS(y, add_constant(group), weights=n).fit().pvalues[1]
    expect(weightedP).toBeCloseTo(0.5627901560023385, 10);
    // statsmodels.stats.proportion.confint_proportions_2indep(83, 556, 13, 113, method="newcomb", correction=False)
    expect(pooledInterval[0]).toBeCloseTo(-0.04262164775793127, 6);
    expect(pooledInterval[1]).toBeCloseTo(0.09075207115817434, 6);
  });

  test("with one share a side, or shares that do not vary, there is no t test", () => {
    const one = [{ hits: 1, total: 4 }];
    expect(compareColumns(one, one).tTest).toBeUndefined();
    const equal = [...one, ...one];
    expect(compareColumns(equal, equal)).not.toHaveProperty("weightedP");
  });
});

describe("tableDatasets", () => {
  const rows = syntheticRows({ datasets: ["D1", "D2"], models: ["m1", "m2"], methods: ["base", "sven", "promsec"] });

  test("has a line a column of Table 6, with n of both data sets", () => {
    const table = tableDatasets(rows);
    expect(table.rows.map((cells) => cells["transition"]?.value)).toEqual([
      "Insecure, functional → secure, non-functional",
      "Secure, functional → secure, non-functional",
      "Secure, functional → insecure, functional",
      "Secure → insecure",
    ]);
    const own = table6(rows).rows.filter((cells) => cells["dataset"]?.value === "D2");
    const secure = table.rows[3];
    expect(secure?.["meanB"]?.total).toBe(4);
    expect(secure?.["weightedB"]?.total).toBe(
      own.reduce((sum, cells) => sum + (cells["secureToInsecure"]?.total ?? 0), 0),
    );
    const mean = own.reduce((sum, cells) => sum + Number(cells["secureToInsecure"]?.value), 0) / 4;
    expect(secure?.["meanB"]?.value).toBeCloseTo(mean, 12);
  });

  test("a cell's where selects its samples", () => {
    const cell = tableDatasets(rows).rows[3]?.["weightedB"];
    expect(samplesOf(rows, cell?.where ?? {})).toHaveLength(cell?.hits ?? -1);
  });

  test("p is adjusted over the four columns, by Holm or by Benjamini and Hochberg", () => {
    const column = (key: string, options: Parameters<typeof tableDatasets>[1] = {}) =>
      tableDatasets(rows, options).rows.map((cells) => Number(cells[key]?.value));
    const p = column("p");
    const least = p.indexOf(Math.min(...p));
    expect(column("adjusted")[least]).toBeCloseTo(Math.min(1, 4 * (p[least] ?? 0)), 12);
    const mild = column("adjusted", { correction: "benjaminiHochberg" });
    expect(mild.every((value, i) => value <= (column("adjusted")[i] ?? 0))).toBe(true);
    expect(Math.max(...mild)).toBeCloseTo(Math.max(...p), 12);
  });

  test("with one data set shows its averages and says so", () => {
    const table = tableDatasets(syntheticRows({ methods: ["base", "sven"] }));
    expect(table.notes[0]).toMatch(
      /^Nothing to compare: the rows hold one data set \(D1\); add one to `datasets` .* Shown instead/,
    );
    expect(table.rows).toHaveLength(4);
    expect(table.rows[3]?.["weightedA"]?.value).toBeTypeOf("number");
    expect(table.rows[3]?.["p"]?.missing).toContain("one data set");
  });

  test("with one method says that there are no transitions", () => {
    const table = tableDatasets(syntheticRows({ methods: ["base"], datasets: ["D1", "D2"] }));
    expect(table.notes[0]).toContain('No transitions to compare: the study has no method beside "base"');
    expect(table.rows[0]?.["p"]?.missing).toBeTypeOf("string");
  });
});
