import { readFileSync } from "node:fs";
import { join } from "node:path";
import { csvParse } from "d3-dsv";
import { describe, expect, test } from "vitest";
import { holm } from "../../src/stat/holm.js";
import { mcnemarCorrected } from "../../src/stat/mcnemarCorrected.js";
import { expectClose } from "./golden.js";

interface Published {
  readonly model: string;
  /** McNemar's p value, made of the row's own discordant counts. */
  readonly p: number;
  /** The p values as they were published. */
  readonly published: number;
  readonly adjusted: number;
  /** passed at full precision, passed quantised, tasks, passed both, only at full precision, only quantised, neither */
  readonly counts: readonly number[];
}

const columns = ["fp_pass", "quant_pass", "total", "both_pass", "fp_only", "quant_only", "both_fail"];

function publishedPass(folder: string): Published[] {
  return csvParse(readFileSync(join(folder, "quantization", "published-pass.csv"), "utf8"), (row) => ({
    model: row["model"] ?? "",
    p: mcnemarCorrected(Number(row["fp_only"]), Number(row["quant_only"])).p,
    published: Number(row["mcnemar_p"]),
    adjusted: Number(row["mcnemar_p_holm"]),
    counts: columns.map((name) => Number(row[name])),
  }));
}

/**
 * Where two more tests may stand among the four in ascending order, as the numbers of the four before each, so that Holm over all six
 * gives the four their published values. A further p value changes the factors of those below it, and raises those above it only if it
 * is large for its place; so it does least where it equals the one before it, and a place that does not fit then never fits.
 */
function fittingPlaces(four: readonly Published[]): number[][] {
  const ascending = [...four].sort((a, b) => a.p - b.p);
  const at = (place: number) => (place === 0 ? 0 : (ascending[place - 1]?.p ?? Number.NaN));
  const places = [0, 1, 2, 3, 4].flatMap((first) => [0, 1, 2, 3, 4].slice(first).map((second) => [first, second]));
  return places.filter((pair) => {
    const adjusted = holm([...ascending.map(({ p }) => p), ...pair.map(at)]);
    return ascending.every((row, i) => Math.abs((adjusted[i] ?? Number.NaN) / row.adjusted - 1) < 1e-9);
  });
}

describe.skipIf(process.env.SAFELAB_DATA === undefined)("the published quantisation study", () => {
  const rows = process.env.SAFELAB_DATA === undefined ? [] : publishedPass(process.env.SAFELAB_DATA);
  const of = (model: string) => rows.filter((row) => row.model === model);

  test("its paired tables add up", () => {
    expect(rows).toHaveLength(8);
    for (const { counts } of rows) {
      const [first, second, total, both, onlyFirst, onlySecond, neither] = counts as [number, ...number[]];
      expect([both! + onlyFirst!, both! + onlySecond!]).toEqual([first, second]);
      expect(both! + onlyFirst! + onlySecond! + neither!).toBe(total);
    }
  });

  test("its McNemar p values follow from its counts", () => {
    for (const { p, published, counts } of rows) expectClose(p, published, 1e-9, counts);
  });

  // The two techniques of each model that are not in the file, as only-at-full-precision and only-quantised counts: GPTQ and
  // bitsandbytes in statistical-tests/mcnemar_results_python.csv of empirical-quant-project/empirical-quantization-study (5cea226).
  const absentOf = (onlyFirst: number, onlySecond: number, adjusted: number) => ({
    counts: [onlyFirst, onlySecond] as const,
    adjusted,
  });
  test.each([
    {
      model: "codellama-7b-instruct",
      absent: [absentOf(51, 39, 0.705133352259355), absentOf(105, 51, 0.000110081176875913)],
    },
    { model: "qwen2.5-coder-7b-instruct", absent: [absentOf(53, 47, 1), absentOf(99, 73, 0.283100477365266)] },
  ])("its Holm p values of $model follow from all six techniques' counts", ({ model, absent }) => {
    const four = of(model);
    const two = absent.map(({ counts: [onlyFirst, onlySecond] }) => mcnemarCorrected(onlyFirst, onlySecond).p);
    const published = [...four, ...absent].map(({ adjusted }) => adjusted);
    holm([...four.map(({ p }) => p), ...two]).forEach((value, i) => {
      expectClose(value, published[i]!, 1e-9, [model, i]);
    });
  });

  test("the four in the file say where the absent two stand among six", () => {
    // The smallest is multiplied by 6 and the next by 4: one absent value lies between. CodeLlama's largest is multiplied by 1.
    expect(fittingPlaces(of("codellama-7b-instruct"))).toEqual([[1, 3]]);
    // Qwen's largest two are cut at 1, so the other absent value may lie anywhere above the second.
    expect(fittingPlaces(of("qwen2.5-coder-7b-instruct"))).toEqual([
      [1, 2],
      [1, 3],
      [1, 4],
    ]);
  });
});
