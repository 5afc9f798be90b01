import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { tableAgreement } from "../../src/analysis/tableAgreement.js";
import { tableConfusion } from "../../src/analysis/tableConfusion.js";
import { tableLabels } from "../../src/analysis/tableLabels.js";
import type { RowLabel } from "../../src/record/schema/label.js";
import type { TypedTable } from "../../src/table/typedTable.js";
import { label, labelRows, times } from "./labelRows.js";
import { handRows } from "./handRows.js";

const labelled = (count: number, ...labels: RowLabel[]) => times(count, { bandit: "secure", labels });
const two = (count: number, ada: string, ben: string) => labelled(count, label("ada", ada), label("ben", ben));
const eve = (value: string) => label("eve", value, { role: "adjudicator" });

/** 20 and 15 samples on which both agree, 5 and 10 on which they differ: kappa .4, as printed in textbooks for this table. */
const pair = [
  ...two(20, "insecure", "insecure"),
  ...two(5, "insecure", "secure"),
  ...two(10, "secure", "insecure"),
  ...two(15, "secure", "secure"),
];

function everyCountKnowsItsSamples(table: TypedTable, rows: ReturnType<typeof labelRows>): void {
  for (const line of table.rows)
    for (const { key } of table.columns.filter(({ kind }) => kind === "count"))
      if (typeof line[key]?.value === "number")
        expect(samplesOf(rows, line[key].where), `${table.id} ${key}`).toHaveLength(line[key].value);
}

describe("tableAgreement", () => {
  test("gives agreement, Cohen's kappa and Gwet's AC1 of a pair with intervals", () => {
    const [line] = tableAgreement(labelRows(pair)).rows;
    expect(line?.["who"]?.value).toBe("ada, ben");
    // statsmodels.stats.proportion.proportion_confint(35, 50, method="wilson")
    expect(line?.["observed"]).toMatchObject({ hits: 35, total: 50 });
    expect(line?.["observed"]?.interval?.[0]).toBeCloseTo(0.5624964953554659, 10);
    // statsmodels.stats.inter_rater.cohens_kappa([[20, 5], [10, 15]]).kappa: 0.4
    expect(line?.["kappa"]?.value).toBeCloseTo(0.4, 12);
    // scipy.stats.bootstrap(…, kappa, paired=True, method="BCa", n_resamples=20000, rng=1): 0.132, 0.638
    expect(Math.abs((line?.["kappa"]?.interval?.[0] ?? 9) - 0.132)).toBeLessThan(0.04);
    expect(Math.abs((line?.["kappa"]?.interval?.[1] ?? 9) - 0.638)).toBeLessThan(0.04);
    // Three answers could have been given: π = .55, .45, 0, chance .495/2, (.7 − .2475)/.7525.
    expect(line?.["ac1"]?.value).toBeCloseTo(0.601328903654485, 12);
  });

  test("has one line a pair and Fleiss' kappa for three, over the samples that all of them answered", () => {
    const three = (ada: string, ben: string, cy: string) =>
      labelled(1, label("ada", ada), label("ben", ben), label("cy", cy));
    const rows = labelRows([
      ...three("secure", "secure", "secure"),
      ...three("insecure", "insecure", "insecure"),
      ...three("secure", "secure", "insecure"),
      ...two(3, "secure", "insecure"),
    ]);
    const lines = tableAgreement(rows).rows;
    expect(lines.map((line) => line["who"]?.value)).toEqual(["ada, ben", "ada, cy", "ben, cy", "all 3"]);
    expect(lines.map((line) => line["n"]?.value)).toEqual([6, 3, 3, 3]);
    // statsmodels.stats.inter_rater.fleiss_kappa([[3, 0], [0, 3], [2, 1]]): 0.55
    expect(lines[3]?.["kappa"]?.value).toBeCloseTo(0.55, 12);
    expect(lines[3]?.["observed"]).toMatchObject({ hits: 7, total: 9 });
    everyCountKnowsItsSamples(tableAgreement(rows), rows);
  });

  test("after adjudication each annotator stands beside the label that counts", () => {
    const differing = labelled(4, label("ada", "insecure"), label("ben", "secure"), eve("insecure"));
    const unsettled = labelRows([...two(6, "secure", "secure"), ...two(2, "secure", "insecure"), ...differing]);
    everyCountKnowsItsSamples(tableAgreement(unsettled), unsettled);
    const lines = tableAgreement(labelRows([...two(6, "secure", "secure"), ...differing])).rows;
    expect(lines.map((line) => [line["stage"]?.value, line["observed"]?.hits])).toEqual([
      ["Before adjudication", 6],
      ["After adjudication", 10],
      ["After adjudication", 6],
    ]);
    expect(lines.every((line) => line["observed"]?.total === 10)).toBe(true);
  });

  test("with one annotator says that kappa is undefined and what to do", () => {
    const [line] = tableAgreement(labelRows(labelled(3, label("ada", "secure")))).rows;
    expect(line?.["kappa"]?.missing).toBe(
      "kappa is not defined for one annotator: have a second annotator answer, `safelab label serve RUN --annotator NAME`",
    );
  });

  test("where everybody always says the same, kappa is not defined and AC1 is 1", () => {
    const [line] = tableAgreement(labelRows(two(5, "secure", "secure"))).rows;
    expect(line?.["kappa"]?.missing).toContain("one and the same answer");
    expect(line?.["ac1"]?.value).toBeCloseTo(1, 12);
  });

  test("annotators without a sample in common have no agreement", () => {
    const [line] = tableAgreement(
      labelRows([...labelled(1, label("ada", "secure")), ...labelled(1, label("ben", "secure"))]),
    ).rows;
    expect(line?.["kappa"]?.missing).toBe("ada, ben have answered no sample in common");
  });

  test("asks about one question at a time, each table with a name of its own", () => {
    const failure = label("ada", "other", { question: "failure" });
    const table = tableAgreement(labelRows([...pair, ...labelled(2, failure)]), { question: "failure" });
    expect(table.id).toBe("tableAgreementFailure");
    expect(table.rows[0]?.["kappa"]?.missing).toContain("one annotator");
  });

  test("a run without labels says which commands make them", () => {
    expect(tableAgreement(handRows()).rows[0]?.["kappa"]?.missing).toContain(
      "`safelab label new RUN --question security`",
    );
    expect(tableConfusion(handRows()).rows[0]?.["secure"]?.missing).toContain("`safelab label new RUN");
    expect(tableLabels(handRows()).rows[0]?.["secure"]?.missing).toContain("`safelab label new RUN");
  });
});

test("tableConfusion counts the answers of a pair against each other", () => {
  const rows = labelRows(pair);
  const table = tableConfusion(rows);
  const counts = table.rows.map((line) => ["insecure", "secure", "cannotTell"].map((key) => line[key]?.value));
  expect(counts).toEqual([
    [20, 5, 0],
    [10, 15, 0],
    [0, 0, 0],
  ]);
  everyCountKnowsItsSamples(table, rows);
});

test("tableLabels counts every annotator's answers, and what they come to before and after adjudication", () => {
  const open = labelled(2, label("ada", "insecure"), label("ben", "secure"));
  const settled = labelled(3, label("ada", "insecure"), label("ben", "cannotTell"), eve("insecure"));
  const rows = labelRows([...two(4, "secure", "secure"), ...open, ...settled]);
  const table = tableLabels(rows);
  const counts = table.rows.map((line) => [
    line["who"]?.value,
    ...["insecure", "secure", "cannotTell", "unresolved"].map((key) => line[key]?.value),
  ]);
  expect(counts).toEqual([
    ["ada", 5, 4, 0, ""],
    ["ben", 0, 6, 3, ""],
    ["majority, before adjudication", 0, 4, 0, 5],
    ["the label that counts, after it", 3, 4, 0, 2],
  ]);
  everyCountKnowsItsSamples(table, rows);
});
