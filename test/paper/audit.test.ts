import { describe, expect, test } from "vitest";
import { csvFormat } from "d3-dsv";
import { openPaper } from "../../src/notebook/openPaper.js";
import { audit } from "../../src/paper/audit.js";
import { derivedNumbers } from "../../src/paper/derivedNumbers.js";

const { numbers, relations } = await openPaper();
const findings = audit(numbers, relations);
const said = (verdict: string, ...words: (string | RegExp)[]): string[] =>
  findings
    .filter((finding) => finding.verdict === verdict)
    .map(({ place, says }) => `${place}: ${says}`)
    .filter((text) => words.every((word) => (typeof word === "string" ? text.includes(word) : word.test(text))));

describe("the audit of the paper's numbers", () => {
  test.each([
    ["Table 3's rows add up to 42, not to the 44 announced", "contradicts", "42", "44"],
    ["the judges' false positives are 86 and 100 % of the secure samples", "contradicts", "85.7%", "100.0%"],
    ["CodeQL misses 19 of 21, more than ‘more than 20%’", "contradicts", "19 of 21"],
    ["StarCoder with PromSec was not run", "contradicts", "StarCoder + PromSec", "not run"],
    ["GPT-4o's row of Table 4 is empty", "contradicts", "GPT-4o + PromSec", "the row is empty"],
    [
      "GPT-3.5's effect on BigCodeBench stands beside StarCoder",
      "contradicts",
      "0.1719",
      "StarCoder + PromSec on BigCodeBench",
    ],
    [
      "GPT-4o's effect stands beside GPT-3.5",
      "contradicts",
      "0.0436, p = 0.298",
      "GPT-3.5-Turbo + PromSec on BigCodeBench",
    ],
    ["the prose's d = 0.146 is SAFE@1 of another row", "contradicts", "0.146", "SAFE@1 d of StarCoder + PromSec"],
    ["… and SAFE@1 fell", "contradicts", "0.146", "went down, from 0.4445 to 0.3810"],
    ["SecCodePLT+ security was counted on 1237", "contradicts", "n = 1237", "1201"],
    ["GPT-4o PromSec Bandit .7454 is impossible", "outlier", "0.7454", "1140"],
    ["SAFE@1 fell by 14 %, not 28", "contradicts", "28%", "14.3%"],
    ["23 % is 24.0", "outlier", "23%", "24.0%"],
    ["GPT-4o's little improvement is a fall", "contradicts", "little improvement", "from 0.0399 to 0.0349"],
    ["two whole percents of CodeLlama", "outlier", "69.00%", "103 of 149"],
    ["… both", "outlier", "73.00%", "109 of 149"],
    ["3.15 may be 3.51", "outlier", "3.51%", "711"],
    ["5.10 fits no whole number of 39", "outlier", "5.10%", "39"],
    ["39.64 is rounded where the column is cut", "outlier", "39.64%", "rounded, not cut"],
    ["9.97 is no mean of its column", "contradicts", "9.97%", "17.44%"],
    ["11.75 is no mean of its column", "contradicts", "11.75%", "11.63%"],
    ["the third column differs between the data sets", "contradicts", "0.00045"],
    ["the fourth column differs between the data sets", "contradicts", "p = 0.020"],
    ["‘around 10% to 30%’ covers 8 of 21", "contradicts", "8 of 21 rows on BigCodeBench"],
    ["all pairs of p and d fit a t-test, cut", "convention", "84 of 84", "cut"],
    ["39 tests below .05, 28 after Holm", "derived", "39", "28"],
    ["Table 5 is rounded for security", "convention", "Secure@1 Bandit on BigCodeBench", "rounded"],
    ["Table 6 is cut", "convention", "insecure+functional → secure+nonfunctional: percentages are cut"],
    ["charts are not guessed", "untold", "Figure 3", "chart only"],
    ["Figure 5's unit is unclear", "untold", "unit unclear"],
  ] as const)("%s", (_title, verdict, ...words) => {
    expect(said(verdict, ...words)).not.toEqual([]);
  });

  test("whole tables that agree are not accused", () => {
    expect(said("contradicts", /^Table 7/)).toEqual([]);
    expect(said("contradicts", /^Table 5: .*BigCodeBench/)).toEqual([]);
    expect(said("contradicts", /p \S+ does not follow/)).toEqual([]);
  });

  test("what follows from the numbers is in derived.csv (vitest -u writes it)", async () => {
    const derived = derivedNumbers(numbers, relations);
    const value = (model: string, quantity: string): number | undefined =>
      derived.find(
        (number) => number.dataset === "BigCodeBench" && number.model === model && number.quantity === quantity,
      )?.value;
    expect(value("Qwen2.5-Coder", "Pass@1 task")).toBeCloseTo(0.441, 3);
    expect(value("Qwen2.5-Coder", "Secure-Pass@1")).toBeCloseTo(0.272, 3);
    expect(value("Qwen2.5-Coder", "Secure@1 union")).toBeCloseTo(0.604, 3);
    expect(value("DeepSeek-Coder", "Secure@1 union")).toBeCloseTo(0.612, 3);
    expect(value("Mistral", "Secure@1 union")).toBeCloseTo(0.708, 3);
    expect(value("CodeLlama", "Pass@1 task")).toBeCloseTo(0.219, 3);
    expect(value("CodeLlama", "Secure-Pass@1")).toBeCloseTo(0.131, 3);
    await expect(`${csvFormat(derived)}\n`).toMatchFileSnapshot("../../data/paper/derived.csv");
  });
});
