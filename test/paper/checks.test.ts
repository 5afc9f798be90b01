import { describe, expect, test } from "vitest";
import { checkAtMost } from "../../src/paper/checkAtMost.js";
import { checkDirection, checkLargest, checkRange, checkRate } from "../../src/paper/checkProse.js";
import { checkRuns } from "../../src/paper/checkRuns.js";
import { publishedTable } from "../../src/paper/publishedTable.js";
import { openPaper } from "../../src/notebook/openPaper.js";
import { audit } from "../../src/paper/audit.js";
import { derivedNumbers } from "../../src/paper/derivedNumbers.js";
import { hitsOf } from "../../src/paper/denominators.js";
import { effectOfRates } from "../../src/paper/checkEffectsOfRates.js";
import { pOfEffect } from "../../src/paper/checkEffects.js";
import type { RelationOf } from "../../src/record/schema/publishedRelation.js";
import type { PublishedNumber } from "../../src/record/schema/publishedNumber.js";

/** A published number in five words: the rest is the same for all. */
function number(id: string, method: string, quantity: string, value: number, more: Partial<PublishedNumber> = {}) {
  const shared = { place: "T", dataset: "D", model: "M", unit: "share", printed: String(value) } as const;
  return {
    ...shared,
    id,
    method,
    quantity,
    value,
    checkedAgainst: "text",
    note: "",
    ...more,
  } satisfies PublishedNumber;
}
const verdicts = (found: readonly { readonly verdict: string }[]) => found.map(({ verdict }) => verdict);

describe("bounds", () => {
  const relation = { kind: "atMost", place: "T", lower: "low", upper: "high" } as const;
  const table = (low: number, high: number) =>
    publishedTable([
      number("a", "One", "low", low),
      number("b", "One", "high", high),
      number("c", "Two", "low", 0.9),
      number("d", "Three", "high", 0.1),
    ]);

  test("a metric above its bound is named with both numbers; equal, below, or beside another row's bound is not", () => {
    const found = checkAtMost(table(0.31, 0.3), relation);
    expect(found).toMatchObject([{ verdict: "contradicts", ids: ["a", "b"] }]);
    expect(found[0]?.says).toContain("low 0.31 is above high 0.3");
    expect(checkAtMost(table(0.3, 0.3), relation)).toEqual([]);
    expect(checkAtMost(table(0.1, 0.3), relation)).toEqual([]);
  });
});

describe("the largest value that the prose names", () => {
  const relation: RelationOf<"largest"> = {
    kind: "largest",
    claim: "p",
    place: "T",
    quantities: ["a", "b"],
    method: "One",
  };
  const table = (claimed: number) =>
    publishedTable([
      number("p", "One", "up to", claimed, { place: "Prose" }),
      number("x", "One", "a", 0.4),
      number("y", "One", "b", 0.7),
      number("z", "Two", "b", 0.9),
      number("w", "One", "c", 0.95),
    ]);

  test("is that of the method over the named columns alone", () => {
    expect(checkLargest(table(0.7), relation)).toMatchObject([{ verdict: "agrees", ids: ["p", "y"] }]);
    for (const other of [0.4, 0.9, 0.95])
      expect(verdicts(checkLargest(table(other), relation))).toEqual(["contradicts"]);
    expect(checkLargest(table(0.7), { ...relation, method: "None" })).toEqual([]);
  });
});

describe("rows", () => {
  const relation = { kind: "runs", models: { M: ["One", "Two"] }, places: ["T"] } as const;
  const row = (method: string, values: readonly number[], model = "M") =>
    values.map((value, i) => number(`${model}${method}${i}`, method, `q${i}`, value, { model }));
  const check = (...numbers: PublishedNumber[]) =>
    checkRuns(publishedTable(numbers), { ...relation, models: { M: ["One", "Two"] }, places: ["T"] });

  test("a row that repeats another is named with its twin; rows that differ in one digit, or hold fewer than three numbers, are not", () => {
    const found = check(...row("One", [0.1, 0.2, 0.3]), ...row("Two", [0.1, 0.2, 0.3]));
    expect(found).toMatchObject([{ verdict: "contradicts", ids: ["MTwo0", "MTwo1", "MTwo2"] }]);
    expect(found[0]?.says).toBe("M + Two on D repeats the row of M + One on D");
    expect(check(...row("One", [0.1, 0.2, 0.3]), ...row("Two", [0.1, 0.2, 0.4]))).toEqual([]);
    expect(check(...row("One", [0.1, 0.2]), ...row("Two", [0.1, 0.2]))).toEqual([]);
    expect(check(...row("One", [0, 0, 0.3]), ...row("Two", [0, 0, 0.3]))).toEqual([]);
  });

  test("a row that was not run and a planned one without numbers are named, models that nobody names are not", () => {
    expect(check(...row("Three", [0.1]))[0]?.says).toContain("was not run");
    const empty = row("One", [0.1]).map((each) => ({ ...each, value: null, printed: "" }));
    expect(check(...empty)[0]?.says).toContain("the row is empty");
    expect(check(...row("Three", [0.1], "Other"))).toEqual([]);
  });
});

describe("ranges, directions and rates of the prose", () => {
  const claim = number("p", "", "claimed", 0, { place: "Prose", printed: "10% to 30%" });
  const range = { kind: "range", claim: "p", place: "T", quantity: "q", lowest: 0.1, highest: 0.3 } as const;
  const column = (...values: number[]) =>
    publishedTable([
      claim,
      ...values.map((value, i) => number(`v${i}`, `m${i}`, "q", value)),
      number("avg", "", "q", 0.2),
    ]);

  test("a range agrees where it covers more than half of the rows, its ends included, averages aside", () => {
    expect(checkRange(column(0.1, 0.3, 0.2, 0.9), range)).toMatchObject([
      { verdict: "agrees", ids: ["p", "v0", "v1", "v2", "v3"] },
    ]);
    expect(checkRange(column(0.1, 0.3, 0.2, 0.9), range)[0]?.says).toContain("covers 3 of 4 rows on D");
    expect(verdicts(checkRange(column(0.1, 0.3, 0.31, 0.09), range))).toEqual(["contradicts"]);
    expect(checkRange(column(0.1, 0.2), { ...range, dataset: "Other" })).toEqual([]);
  });

  test("a rise that is told as a fall is named", () => {
    const table = publishedTable([claim, number("a", "Base", "q", 0.1), number("b", "One", "q", 0.2)]);
    const relation = { kind: "direction", claim: "p", from: "a", to: "b" } as const;
    expect(verdicts(checkDirection(table, { ...relation, stated: "up" }))).toEqual(["agrees"]);
    expect(verdicts(checkDirection(table, { ...relation, stated: "down" }))).toEqual(["contradicts"]);
    expect(checkDirection(table, { ...relation, to: "a", stated: "up" })).toEqual([]);
  });

  test("a rate is hits of hits and others, for every instrument", () => {
    const counts = (fp: number, tn: number) =>
      publishedTable([claim, number("a", "", "X FP", fp), number("b", "", "X TN", tn), number("c", "", "X TP", 100)]);
    const relation: RelationOf<"rate"> = {
      kind: "rate",
      claim: "p",
      place: "T",
      instruments: ["X"],
      hits: "FP",
      others: "TN",
      stated: 0.5,
    };
    expect(verdicts(checkRate(counts(9, 11), relation))).toEqual(["agrees"]);
    expect(verdicts(checkRate(counts(18, 3), relation))).toEqual(["contradicts"]);
  });
});

describe("published numbers that follow from other published numbers", async () => {
  const { numbers, relations } = await openPaper();
  const value = (id: string) => numbers.find((each) => each.id === id)?.value ?? NaN;
  const shifted = [
    ["bigcodebench", 1140, "gpt-3.5-turbo", "starcoder"],
    ["bigcodebench", 1140, "gpt-4o", "gpt-3.5-turbo"],
    ["seccodeplt+", 1201, "gpt-3.5-turbo", "starcoder"],
    ["seccodeplt+", 1201, "gpt-4o", "gpt-3.5-turbo"],
  ] as const;

  test.each(shifted)(
    "on %s (n = %i) Table 5's rates of %s give the p and d beside %s in Table 4, cut",
    (dataset, n, model, row) => {
      const rate = (method: string) => value(`table5/${dataset}/${model}/${method}/secure-pass@1`);
      const d = Math.abs(effectOfRates(rate("base"), rate("promsec"), n));
      const cut = (x: number, digits: number) => Math.floor(x * 10 ** digits) / 10 ** digits;
      // Rates are printed to four digits: d is known to about .001 and p to about .02.
      expect(Math.abs(value(`table4/${dataset}/${row}/promsec/secure-pass@1-d`) - cut(d, 3))).toBeLessThan(0.0015);
      expect(
        Math.abs(value(`table4/${dataset}/${row}/promsec/secure-pass@1-p`) - cut(pOfEffect(d, n), 2)),
      ).toBeLessThan(0.021);
    },
  );

  test("Table 6's denominators are those of its percentages", () => {
    const counted = Object.fromEntries(
      derivedNumbers(numbers, relations)
        .filter(({ unit, dataset }) => unit === "count" && dataset === "BigCodeBench")
        .map(({ model, quantity, value: n }) => [`${model} ${quantity.replace(" base samples", "")}`, n]),
    );
    expect(counted).toMatchObject({
      "Qwen2.5-Coder secure+functional": 310,
      "Qwen2.5-Coder insecure+functional": 193,
      "DeepSeek-Coder insecure+functional": 146,
      "DeepSeek-Coder secure+functional": 222,
      "StarCoder insecure+functional": 5,
      "StarCoder secure+functional": 19,
      "GPT-3.5-Turbo insecure+functional": 212,
      "GPT-3.5-Turbo secure+functional": 367,
      "GPT-4o insecure+functional": 259,
      "GPT-4o secure+functional": 430,
      "CodeLlama secure+functional": 149,
    });
    const union = derivedNumbers(numbers, relations).filter(({ quantity }) => quantity === "Secure@1 union");
    for (const { dataset, assumes } of union) expect(assumes !== "", dataset).toBe(dataset === "SecCodePLT+");
    expect(union.find(({ dataset }) => dataset === "SecCodePLT+")?.assumes).toMatch(/^n = 1201 as stated, .*n = 1237/);
  });

  test("Table 7's shares are whole numbers of its cases and use them up", () => {
    const counts = audit(numbers, relations)
      .filter(({ check, verdict }) => check === "whole numbers" && verdict === "derived")
      .map(({ value: found }) => found?.number);
    expect(counts).toEqual([52, 6, 0, 2, 9, 12, 0, 0, 5, 3, 21, 2, 4, 1, 3, 58, 0, 5, 0, 0]);
    expect(hitsOf(0.0289, 69, 0.0001, "cut")).toBe(2);
  });
});
