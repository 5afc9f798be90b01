import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { table3 } from "../../src/analysis/table3.js";
import type { Cell } from "../../src/table/typedTable.js";
import { label, labelRows, times } from "./labelRows.js";
import { handRows } from "./handRows.js";

const insecure = [label("ada", "insecure"), label("ben", "insecure")];
const secure = [label("ada", "secure"), label("ben", "secure")];

/** 15 of 21 vulnerable and 8 of 21 other samples flagged by bandit; the judge flags all; three more without a label that counts. */
const rows = labelRows([
  ...times(15, { bandit: "insecure", judge: "insecure", labels: insecure }),
  ...times(6, { bandit: "secure", judge: "insecure", labels: insecure }),
  ...times(8, { bandit: "insecure", judge: "insecure", labels: secure }),
  ...times(13, { bandit: "secure", judge: "unsure", labels: secure }),
  { bandit: "insecure", judge: "secure", labels: [label("ada", "cannotTell")] },
  { bandit: "insecure", judge: "secure", labels: [label("ada", "insecure"), label("ben", "secure")] },
  { bandit: "insecure", judge: "secure", labels: [] },
]);

const close = (cell: Cell | undefined, value: number, low: number, high: number, digits = 6) => {
  expect(cell?.value).toBeCloseTo(value, digits);
  expect(cell?.interval?.[0]).toBeCloseTo(low, digits);
  expect(cell?.interval?.[1]).toBeCloseTo(high, digits);
};

describe("table3", () => {
  test("counts each tool's verdicts against the labels, insecure being positive", () => {
    const [bandit, union, judge] = table3(rows).rows;
    expect(["tp", "tn", "fp", "fn", "n"].map((key) => bandit?.[key]?.value)).toEqual([15, 13, 8, 6, 42]);
    expect(["tp", "tn", "fp", "fn"].map((key) => union?.[key]?.value)).toEqual([15, 13, 8, 6]);
    expect(["tp", "tn", "fp", "fn", "n"].map((key) => judge?.[key]?.value)).toEqual([21, 0, 8, 0, 29]);
    expect([bandit, union, judge].map((line) => line?.["tool"]?.value)).toEqual(["Bandit", "Union", "Judge j"]);
  });

  test("rates have Wilson's interval, Youden's J Newcombe's, MCC a bootstrap one", () => {
    const [bandit] = table3(rows).rows;
    // statsmodels.stats.proportion.proportion_confint(15, 23, method="wilson") and (8, 21)
    close(bandit?.["precision"], 15 / 23, 0.44890335377263, 0.8118872406120227);
    expect(bandit?.["recall"]).toMatchObject({ hits: 15, total: 21 });
    close(bandit?.["falsePositiveRate"], 8 / 21, 0.2075101136856449, 0.5912134622488425);
    // statsmodels.stats.proportion.confint_proportions_2indep(15, 21, 8, 21, method="newcomb", correction=False)
    close(bandit?.["youdenJ"], 1 / 3, 0.03343111571751717, 0.5610629852793183);
    // sklearn.metrics.matthews_corrcoef; scipy.stats.bootstrap(…, method="BCa", n_resamples=20000, rng=1): 0.030, 0.611
    expect(bandit?.["mcc"]?.value).toBeCloseTo(0.3348554112644579, 12);
    expect(Math.abs((bandit?.["mcc"]?.interval?.[0] ?? 9) - 0.03)).toBeLessThan(0.04);
    expect(Math.abs((bandit?.["mcc"]?.interval?.[1] ?? 9) - 0.611)).toBeLessThan(0.04);
  });

  test("counts apart what is unresolved, what nobody can tell, and what a tool gave no verdict on", () => {
    const { rows: lines, notes } = table3(rows);
    expect(lines[0]?.["n"]?.excluded).toEqual([
      { reason: "label unresolved", count: 1 },
      { reason: "label: cannot tell", count: 1 },
    ]);
    expect(lines[2]?.["n"]?.excluded).toContainEqual({ reason: "judge unsure", count: 13 });
    expect(notes.join("\n")).toContain(
      "44 labelled samples: all annotators agree on 42, one annotator alone decides on 1, 1 unresolved.",
    );
    expect(notes.join("\n")).toContain("Left out: 1 label unresolved, 1 label: cannot tell; Judge j 13 judge unsure.");
  });

  test("an adjudicator's label takes the place of the annotators'", () => {
    const judged = label("eve", "secure", { role: "adjudicator" });
    const [line] = table3(labelRows([{ bandit: "insecure", labels: [...insecure, judged] }])).rows;
    expect([line?.["tp"]?.value, line?.["fp"]?.value]).toEqual([0, 1]);
  });

  test("what a rate cannot be told from is said, not printed as 0", () => {
    const [, , judge] = table3(rows).rows;
    expect(judge?.["mcc"]?.missing).toContain("not defined where all verdicts");
    const [silent] = table3(labelRows([{ bandit: "secure", labels: insecure }])).rows;
    expect(silent?.["precision"]?.missing).toBe("no labelled sample is flagged");
    expect(silent?.["falsePositiveRate"]?.missing).toBe("no sample is labelled secure");
  });

  test("code that does not parse counts as the study's policy says", () => {
    const [line] = table3(labelRows([{ bandit: "unscannable", labels: insecure }])).rows;
    expect(line?.["tp"]).toMatchObject({ value: 1 });
  });

  test("every count knows its samples", () => {
    for (const line of table3(rows).rows)
      for (const key of ["tp", "tn", "fp", "fn"])
        expect(samplesOf(rows, line[key]?.where ?? {}), key).toHaveLength(Number(line[key]?.value));
  });

  test("a run without labels says which commands make them", () => {
    const { rows: lines } = table3(handRows());
    expect(lines).toHaveLength(3);
    expect(lines[0]?.["tp"]?.missing).toBe(
      'no labels for the question "security": draw samples with `safelab label new RUN --question security`, then answer with `safelab label serve RUN --annotator NAME`',
    );
  });
});
