import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cohenKappa } from "../../src/stat/cohenKappa.js";
import { fleissKappa } from "../../src/stat/fleissKappa.js";
import { gwetAC1 } from "../../src/stat/gwetAC1.js";
import { gwetAC1Many } from "../../src/stat/gwetAC1Many.js";

// The worked example of Fleiss 1971, Psychological Bulletin 76:378–382: 30 patients, 6 psychiatrists, 5 diagnoses.
const fleiss1971 =
  "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"
    .split(" ")
    .map((line) => [...line].map(Number));

describe("fleissKappa", () => {
  test("is .430 on the example of Fleiss's article", () => {
    // statsmodels.stats.inter_rater.fleiss_kappa(counts): 0.43024452006014074
    expect(fleissKappa(fleiss1971).value).toBeCloseTo(0.43024452006014074, 12);
    expect(fleissKappa(fleiss1971)).toMatchObject({ n: 30 });
    // statsmodels.stats.inter_rater.fleiss_kappa([[3, 0], [0, 3], [2, 1]]): 0.55
    expect(fleissKappa([[3, 0], [0, 3], [2, 1]]).value).toBeCloseTo(0.55, 12); // prettier-ignore
  });

  test("is 1 for full agreement and NaN where only one label was ever given", () => {
    expect(fleissKappa([[3, 0], [0, 3]]).value).toBe(1); // prettier-ignore
    expect(fleissKappa([[3, 0], [3, 0]]).value).toBeNaN(); // prettier-ignore
  });

  test("refuses no items, one annotator, and items that differ in their number of labels", () => {
    expect(() => fleissKappa([])).toThrow("fleissKappa requires at least one item");
    expect(() => fleissKappa([[1, 0]])).toThrow("fleissKappa requires at least two annotators, not 1");
    expect(() => fleissKappa([[2, 0], [2, 1]])).toThrow("the same number of annotators for each item, not 2 and 3"); // prettier-ignore
  });
});

describe("gwetAC1Many", () => {
  test("with two annotators is gwetAC1", () => {
    const label = fc.constantFrom("a", "b", "c");
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label), { minLength: 1 }), (pairs) => {
        const categories = ["a", "b", "c"];
        const counts = pairs.map((pair) => categories.map((each) => pair.filter((own) => own === each).length));
        const [first, second] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
        expect(gwetAC1Many(counts).value).toBeCloseTo(gwetAC1(first, second, categories).value, 12);
      }),
    );
  });

  // By numpy from the article's counts 26 26 30 55 43 of 180: Σ π(1 − π)/4 = .1950154; observed .5555556.
  test("takes less off for chance than Fleiss' kappa", () => {
    expect(gwetAC1Many(fleiss1971).expected).toBeCloseTo(0.1950154, 7);
    expect(gwetAC1Many(fleiss1971).value).toBeCloseTo(0.4478844, 6);
  });
});

// Gwet 2002, "Kappa statistic is not satisfactory for assessing the extent of agreement between raters", table 3: of 125 items both
// say + on 118, they differ on 5 and 2. Published: kappa −.023, AC1 .941.
test("where one answer dominates, kappa and AC1 fall apart as in Gwet's example", () => {
  const of = (...counts: number[]) =>
    counts.flatMap((count, i) => new Array<string>(count).fill("++ +- -+".split(" ")[i]!));
  const items = of(118, 5, 2);
  const [first, second] = [items.map((item) => item[0]!), items.map((item) => item[1]!)];
  expect(cohenKappa(first, second).value).toBeCloseTo(-0.02339181286549608, 12);
  expect(gwetAC1(first, second, ["+", "-"]).value).toBeCloseTo(0.941, 3);
});
