import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meanInterval } from "../../src/analysis/meanInterval.js";
import { shareInterval } from "../../src/analysis/shareInterval.js";
import { seeded } from "./rows.js";

describe("meanInterval", () => {
  test("is Wilson's interval for scores of 0 and 1", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 60 }), (scores) => {
        const hits = scores.filter((score) => score === 1).length;
        const [low, high] = shareInterval(hits, scores.length);
        expect(meanInterval(scores)[0]).toBeCloseTo(low, 9);
        expect(meanInterval(scores)[1]).toBeCloseTo(high, 9);
      }),
    );
  });

  test("stays within 0 … 1 and holds the mean", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }), (scores) => {
        const [low, high] = meanInterval(scores);
        const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(mean).toBeGreaterThanOrEqual(low - 1e-9);
        expect(mean).toBeLessThanOrEqual(high + 1e-9);
      }),
    );
  });

  test("covers the mean of shares of cases in 93 to 97 of 100 runs", () => {
    const random = seeded(7);
    // Half of the samples pass all, the others a uniform share of six cases: mean .5 + .5·(0 + … + 5)/6/6 = .708333
    const draw = () => (random() < 0.5 ? 1 : Math.floor(random() * 6) / 6);
    const runs = 1500;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const [low, high] = meanInterval(Array.from({ length: 60 }, draw));
      if (low <= 0.5 + 0.5 * (15 / 36) && 0.5 + 0.5 * (15 / 36) <= high) covered += 1;
    }
    expect(covered / runs).toBeGreaterThan(0.93);
    expect(covered / runs).toBeLessThan(0.97);
  });
});
