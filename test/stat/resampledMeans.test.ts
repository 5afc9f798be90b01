import { expect, test } from "vitest";
import { logGamma } from "../../src/stat/distribution/logGamma.js";
import { drawn, poissonTables } from "../../src/stat/poissonTables.js";
import { resampledMeans } from "../../src/stat/resampledMeans.js";

test("the slots of a table hold the Poisson probabilities", () => {
  const means = [0.3, 13.5, 700];
  const tables = poissonTables(means);
  for (const [table, mean] of means.entries()) {
    const from = tables.start[table] ?? 0;
    const shift = tables.shift[table] ?? 0;
    const found = new Map<number, number>();
    const add = (number: number, mass: number) => found.set(number, (found.get(number) ?? 0) + mass);
    for (let slot = 0; slot < 2 ** (32 - shift); slot++) {
      const limit = tables.slots[from + 3 * slot] ?? 0;
      // The slot's lowest word stands for its own number, its highest for the other one, if they have any room.
      if (limit > 0) add(drawn(tables, table, slot << shift), limit / 2 ** 32);
      if (limit < 2 ** shift)
        add(drawn(tables, table, (slot << shift) | (2 ** shift - 1)), (2 ** shift - limit) / 2 ** 32);
    }
    for (let k = Math.floor(mean / 2); k < 2 * mean + 3; k++) {
      const mass = Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
      // Each slot is rounded to 2⁻³².
      expect(Math.abs((found.get(k) ?? 0) - mass), `P(X = ${k}) of mean ${mean}`).toBeLessThan(2 ** -29);
    }
  }
});

// Of the mean of n draws: variance m₂/n, third central moment m₃/n². Two frequent values and ten rare ones; rare ones alone; too
// few for Poisson numbers.
test.each([
  [
    "frequent and rare values",
    [...new Array<number>(25).fill(0), ...new Array<number>(9).fill(1), 2, 2, 3, 5, 8, -1, -2, -3, 4, 4],
  ],
  ["rare values alone", [0.1, 0.2, 0.2, 0.7, 1, 3, 3.5, 9]],
  ["three values", [0, 1, 5]],
])("means of resamples have the moments that the draws have: %s", (_, values) => {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const moment = (all: ArrayLike<number>, power: number) =>
    Array.from(all).reduce((sum, value) => sum + (value - mean) ** power, 0) / all.length;
  const resamples = 400_000;
  const means = resampledMeans(values, resamples, 5);
  const variance = moment(values, 2) / n;
  expect(Math.abs(moment(means, 1))).toBeLessThan(4 * Math.sqrt(variance / resamples));
  expect(Math.abs(moment(means, 2) / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / resamples));
  const skewness = moment(values, 3) / n ** 2 / variance ** 1.5;
  expect(Math.abs(moment(means, 3) / variance ** 1.5 - skewness)).toBeLessThan(7 * Math.sqrt(6 / resamples));
});
