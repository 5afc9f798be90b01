import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { sizedFigure } from "../../src/export/figureSize.js";
import { drawnFigure } from "../../src/figure/figure.js";
import { figure3 } from "../../src/figure/figure3.js";
import { handRows } from "../analysis/handRows.js";

const plain = { data: [], layout: { width: 500, xaxis: { title: { text: "x" }, range: [0, 1] } } };

test("the layout's own size holds unless the changes give one", () => {
  expect(sizedFigure(plain)).toMatchObject({ width: 500, height: 300 });
  expect(sizedFigure(plain, { width: "column", height: 111 })).toMatchObject({ width: 320, height: 111 });
  expect(sizedFigure({ data: [], layout: {} })).toMatchObject({ width: 672, layout: { width: 672 } });
});

test("a layout change goes in at every depth and leaves the figure as it was", () => {
  const before = structuredClone(plain);
  const { layout } = sizedFigure(plain, { layout: { xaxis: { range: [0, 2] } } });
  expect(layout).toMatchObject({ xaxis: { title: { text: "x" }, range: [0, 2] } });
  expect(plain).toEqual(before);
});

test("a figure that can be laid out anew is, for the width of a column", () => {
  const figure = drawnFigure((width) => ({
    id: "f",
    title: "",
    alt: "",
    notes: [],
    data: [],
    layout: { name: width },
  }));
  expect(sizedFigure(figure, { width: "column" }).layout).toMatchObject({ name: "column", width: 320 });
});

test.each([0, 49, 10_001, Number.NaN])("a width of %s pixels is refused", (width) => {
  expect(() => sizedFigure(plain, { width })).toThrow(InputError);
});

test("changes are laid over every trace, or over each by a function", () => {
  const figure = { data: [{ name: "a", marker: { size: 1, color: "red" } }, { name: "b" }], layout: {} };
  expect(sizedFigure(figure, { traces: { "marker.size": 5 } }).data).toEqual([
    { name: "a", marker: { size: 5, color: "red" } },
    { name: "b", marker: { size: 5 } },
  ]);
  const named = sizedFigure(figure, { traces: (trace, index) => ({ name: `${String(trace["name"])}${index}` }) }).data;
  expect(named).toMatchObject([{ name: "a0" }, { name: "b1" }]);
  expect(figure.data[1]).toEqual({ name: "b" });
});

test("a theme draws the figure anew, in its own widths", () => {
  const figure = drawnFigure((width, { width: widths, font }) => ({
    ...{ id: "f", title: "", alt: "", notes: [], data: [] },
    layout: { width: widths[width], font: { family: font } },
  }));
  const theme = { font: "Serif", inches: { column: 3 } };
  expect(sizedFigure(figure, { width: "column", theme })).toMatchObject({
    width: 288,
    layout: { font: { family: "Serif" } },
  });
  expect(() => sizedFigure(plain, { theme })).toThrow(InputError);
});

test("`caption: false` leaves out title and footnotes, at the width and with the changes that are given", () => {
  const figure = figure3(handRows());
  const changes = { width: "85mm", layout: { font: { size: 9 } } } as const;
  const [whole, bare] = [sizedFigure(figure, changes), sizedFigure(figure, { ...changes, caption: false })];
  expect(whole.layout).toHaveProperty("title");
  expect(bare.layout).not.toHaveProperty("title");
  expect(bare.layout).toMatchObject({ width: 321, font: { size: 9 } });
  expect(bare.height).toBeLessThan(whole.height - 60);
  expect(bare).toMatchObject({ title: figure.title, notes: figure.notes });
  expect(sizedFigure(figure, { ...changes, caption: true })).toEqual(whole);
  expect(() => sizedFigure(plain, { caption: false })).toThrow(InputError);
});
