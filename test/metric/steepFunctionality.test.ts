import fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { functionalityOf } from "../../src/metric/safeOf.js";
import { steepFunctionality } from "../../src/metric/steepFunctionality.js";

const share = fc.double({ min: 0, max: 1, noNaN: true });

test("steepness 1 is equation 1, steepness 0 the plain share", () => {
  fc.assert(
    fc.property(share, (x) => {
      expect(steepFunctionality(x, 1)).toBe(functionalityOf(x));
      expect(steepFunctionality(x, 0)).toBe(x);
    }),
  );
});

test("no case is worth nothing and all cases one, and a steeper curve is nowhere above", () => {
  fc.assert(
    fc.property(share, fc.double({ min: 0, max: 25, noNaN: true }), (x, a) => {
      expect([steepFunctionality(0, a), steepFunctionality(1, a)]).toEqual([0, 1]);
      expect(steepFunctionality(x, 2 * a)).toBeLessThanOrEqual(steepFunctionality(x, a) + 1e-12);
    }),
  );
});

test.each([
  [-0.1, 1],
  [Number.NaN, 1],
  [0.5, -1],
  [0.5, 51],
])("a share of %s with steepness %s is refused", (x, a) => {
  expect(() => steepFunctionality(x, a)).toThrow(InputError);
});
