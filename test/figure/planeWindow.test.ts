import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { planeWindow } from "../../src/figure/planeWindow.js";
import type { PlanePanel } from "../../src/figure/planePoints.js";

type Span = readonly [low: number, high: number];

function panelOf(spans: readonly { readonly x: Span; readonly y: Span }[]): PlanePanel {
  return {
    name: "m",
    n: "5",
    points: spans.map(({ x, y }) => ({
      method: "base",
      x: (x[0] + x[1]) / 2,
      y: (y[0] + y[1]) / 2,
      pass: { value: (x[0] + x[1]) / 2, interval: x, where: {} },
      secure: { value: (y[0] + y[1]) / 2, interval: y, where: {} },
    })),
  };
}

const span = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([a, b]): Span => [Math.min(a, b), Math.max(a, b)]);

describe("the window of the plane", () => {
  test("holds every interval, lies between 0 and 1 and is a square", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ x: span, y: span }), { minLength: 1, maxLength: 6 }), (spans) => {
        const { x, y } = planeWindow([panelOf(spans)]);
        expect(x[1] - x[0]).toBeCloseTo(y[1] - y[0], 12);
        for (const each of spans) {
          expect(each.x[0]).toBeGreaterThanOrEqual(x[0]);
          expect(each.x[1]).toBeLessThanOrEqual(x[1]);
          expect(each.y[0]).toBeGreaterThanOrEqual(y[0]);
          expect(each.y[1]).toBeLessThanOrEqual(y[1]);
        }
        for (const end of [...x, ...y]) expect(end >= 0 && end <= 1).toBe(true);
      }),
    );
  });

  test("is no larger than the points ask for", () => {
    const near = panelOf([{ x: [0.3, 0.4], y: [0.6, 0.72] }]);
    expect(planeWindow([near])).toEqual({ x: [0.25, 0.5], y: [0.55, 0.8], step: 0.05 });
    const wide = panelOf([{ x: [0.1, 0.5], y: [0.6, 0.72] }]);
    expect(planeWindow([near, wide])).toEqual({ x: [0.05, 0.55], y: [0.4, 0.9], step: 0.1 });
  });

  test("is the whole plane where nothing is known", () => {
    expect(planeWindow([panelOf([])])).toEqual({ x: [0, 1], y: [0, 1], step: 0.25 });
  });
});
