import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { atWidth, type Figure } from "../../src/figure/figure.js";
import { figureForest } from "../../src/figure/figureForest.js";
import { figurePages } from "../../src/figure/figurePages.js";
import { figureTransitions } from "../../src/figure/figureTransitions.js";
import { syntheticRows } from "../analysis/rows.js";

/** 100 px a model. */
const plain = (models: readonly string[]): Figure => ({
  ...{ id: "f", title: "F", data: [], alt: models.join(), notes: [] },
  layout: { height: 100 * models.length },
});

test("a figure that fits on a page stays in one piece under its own name", () => {
  expect(figurePages(["m1", "m2"], plain, 200)).toEqual([plain(["m1", "m2"])]);
});

test("one that does not is split by models into as few even parts as fit, each model in one of them", () => {
  const pages = figurePages(["m1", "m2", "m3", "m4", "m5"], plain, 200);
  expect(pages.map(({ id, title }) => [id, title])).toEqual([
    ["fa", "F (1 of 3)"],
    ["fb", "F (2 of 3)"],
    ["fc", "F (3 of 3)"],
  ]);
  expect(pages.map(({ alt }) => alt).join()).toBe("m1,m2,m3,m4,m5");
});

test("parts can be drawn at another width as the whole can, and keep their names", () => {
  const rows = syntheticRows({ models: ["m1", "m2", "m3"], tasks: 6 });
  const [first] = figurePages(["m1", "m2", "m3"], (models) => figureTransitions(rows, { models }), 250);
  const column = atWidth<Figure>(first!, "column");
  expect(column.layout["width"]).toBeLessThan(Number(first!.layout["width"]));
  expect(column).toMatchObject({ id: first!.id, title: first!.title });
});

test("a single model stays whole however high it is", () => {
  expect(figurePages(["m1"], plain, 50)).toEqual([plain(["m1"])]);
});

test.each([
  ["figureForest", figureForest],
  ["figureTransitions", figureTransitions],
])("%s shows the models that are asked for, and names one that the rows do not hold", (_, figure) => {
  const rows = syntheticRows({ models: ["m1", "m2"], tasks: 6 });
  const all = figure(rows);
  const one = figure(rows, { models: ["m2"] });
  const shown = ({ data, layout }: typeof all) => JSON.stringify([data, layout]);
  expect(shown(all)).toContain("m1");
  expect(shown(one)).toContain("m2");
  expect(shown(one)).not.toContain("m1");
  expect(Number(one.layout["height"])).toBeLessThan(Number(all.layout["height"]));
  expect(() => figure(rows, { models: ["m3"] })).toThrow(InputError);
});
