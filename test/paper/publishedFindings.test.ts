import { expect, test } from "vitest";
import type { FindingNumber } from "../../src/analysis/findings/findingOutcome.js";
import { openPaper } from "../../src/notebook/openPaper.js";
import { publishedFindings } from "../../src/paper/publishedFindings.js";
import type { PublishedNumber } from "../../src/record/schema/publishedNumber.js";

const { numbers, relations } = await openPaper();
const of = (finding: FindingNumber, changed: readonly PublishedNumber[] = numbers) =>
  publishedFindings(changed, relations).find((each) => each.finding === finding)!;
const changed = (test: (number: PublishedNumber) => boolean, value: number) =>
  numbers.map((number) => (test(number) ? { ...number, value } : number));

test("what print suffices for is decided, and of the rest is said what is not printed", () => {
  expect(publishedFindings(numbers, relations).map(({ finding, status }) => [finding, status])).toEqual([
    [1, "undecided"],
    [2, "notTestable"],
    [3, "undecided"],
    [4, "notTestable"],
    [5, "undecided"],
    [6, "undecided"],
    [7, "notTestable"],
    [8, "reproduced"],
    [9, "reproduced"],
  ]);
});

test("every printed configuration has scanners that differ, and they are 9 of 56", () => {
  expect(of(1).because).toContain("Of 56 configurations 9 are printed, 9 of them");
  const alike = changed(({ quantity }) => /Secure@1/.test(quantity), 0.9);
  expect(of(1, alike).because).toContain("9 are printed, 0 of them");
});

test("both judges accuse more than a quarter, and of neither is J above 0", () => {
  expect(of(3).because).toBe("Of 2 judges, J is above 0 for 0 and FP/(FP+TN) above .25 for 2.");
  const better = numbers.map((number) =>
    /^(Qwen|Llama) (FP|TN)$/.test(number.quantity) && number.place === "Table 3"
      ? { ...number, value: number.quantity.endsWith("FP") ? 10 : 11 }
      : number,
  );
  expect(of(3, better).status).toBe("reproduced");
});

test("of 42 cells the printed sizes leave open how many are up", () => {
  const { because, evidence } = of(5);
  expect(because).toMatch(/^Of 42 cells \d+ have an effect below \.05/);
  expect(because).toContain("of 4 with printed rates 2 rose");
  // 38 cells by |d| on two measures, 4 by rates on two measures; StarCoder with PromSec was not run.
  expect(evidence).toHaveLength(2 * 38 + 2 * 4);
  // A quarter of 42 is 10: the 2 that rose are few enough even if both are up.
  const small = changed(({ place, quantity }) => place === "Table 4" && quantity.endsWith(" d"), 0.001);
  expect(of(5, small).status).toBe("reproduced");
});

test("two commercial cells rose in print, and without them finding 6 lacks what open models do", () => {
  expect(of(6).because).toContain("2 of 4 cells");
  const fallen = changed(
    ({ place, method, quantity }) => place === "Table 5" && method === "PromSec" && /Pass|SAFE/.test(quantity),
    0,
  );
  expect(of(6, fallen)).toMatchObject({ status: "notTestable" });
  expect(of(6, fallen).missing).toContain("Figures 7 and 8");
});

test("Table 7's shares are 160 of 183 cases in the three categories", () => {
  // 52 + 6 + 0 of 69, 12 of 20, 21 + 2 + 4 of 31, 58 + 0 + 5 of 63.
  expect(of(8).because).toContain("160 of 183");
  const few = changed(({ place, unit }) => place === "Table 7" && unit === "share", 0.01);
  expect(of(8, few).status).toBe("contradicted");
});

test("a table without any rate above 0 contradicts finding 9", () => {
  expect(of(9).because).toMatch(/\d+ of 42 printed rates are above 0/);
  expect(
    of(
      9,
      changed(({ place }) => place === "Table 6", 0),
    ).status,
  ).toBe("contradicted");
});
