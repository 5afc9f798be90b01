import { describe, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { atWidth } from "../../src/figure/figure.js";
import { figure3 } from "../../src/figure/figure3.js";
import type { FigureWidth } from "../../src/figure/figureWidth.js";
import { methodStyles } from "../../src/figure/methodStyles.js";
import { theme } from "../../src/figure/theme.js";
import { plotlyText } from "../../src/figure/plotlyText.js";
import { facts, syntheticRows } from "../analysis/rows.js";

describe("atWidth", () => {
  const figure = figure3(syntheticRows({ models: ["m1", "m2", "m3"], tasks: 5 }));

  test("lays a figure out anew: one panel a line in a column, the same type size", () => {
    const column = atWidth(figure, "column");
    expect(column).toEqual(figure3(syntheticRows({ models: ["m1", "m2", "m3"], tasks: 5 }), { width: "column" }));
    expect(column.layout["width"]).toBe(320);
    expect(column.layout["font"]).toEqual(figure.layout["font"]);
    expect((column.layout["xaxis2"] as { domain: number[] }).domain).toEqual([0, 1]);
    expect(atWidth(column, "page")).toEqual(figure);
  });

  test("leaves a figure alone that it cannot lay out", () => {
    const own = { data: [], layout: { width: 500 } };
    expect(atWidth(own, "column")).toBe(own);
    const edited = { ...figure, layout: { ...figure.layout, height: 100 } };
    expect(atWidth(edited, "column")).toBe(edited);
  });

  test("lays a figure out for a length on paper or in pixels, and refuses what is none", () => {
    const of = (width: FigureWidth) => atWidth(figure, width).layout;
    expect([of("3.5in")["width"], of("85mm")["width"], of("10.16cm")["width"], of(600)["width"]]).toEqual([
      336, 321, 384, 600,
    ]);
    expect((of("85mm")["xaxis2"] as { domain: number[] }).domain).toEqual([0, 1]);
    expect((of(600)["xaxis2"] as { domain: number[] }).domain[0]).toBeGreaterThan(0.4);
    expect(atWidth(atWidth(figure, 600), "page")).toEqual(figure);
    const refused =
      'figure width double: give "column" (one of two columns, here 3.33 in), "page" (the whole text, here 7 in), a length';
    for (const width of ["double", "12", "in", "0.1in"] as FigureWidth[]) expect(() => of(width)).toThrow(InputError);
    expect(() => of("double" as FigureWidth)).toThrow(refused);
    expect(() => figure3(syntheticRows({ tasks: 3 }), { width: "double" as FigureWidth })).toThrow(refused);
  });

  test("a change made in place is not lost by another width", () => {
    const figure = figure3(syntheticRows({ models: ["m1"], tasks: 4 }));
    Object.assign(figure.layout, { title: { text: "my own" } });
    expect(atWidth(figure, "column")).toBe(figure);
  });

  test("a figure survives JSON as it is", () => {
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  });
});

describe("methodStyles", () => {
  const study = facts({ methods: ["fp16", "awq", "sven", "gguf"], baseline: "fp16" }).study;

  test("a method keeps its style whichever others are shown", () => {
    const all = methodStyles(study, ["fp16", "awq", "sven", "gguf"], theme);
    expect(methodStyles(study, ["gguf"], theme).get("gguf")).toEqual(all.get("gguf"));
    const other = facts({ methods: ["base", "promsec", "sven"] }).study;
    expect(methodStyles(other, [], theme).get("sven")).toEqual(all.get("sven"));
  });

  test("differ in colour, pattern and marker, for nine methods at once", () => {
    const names = ["base", "sven", "safecoder", "codeguard", "promsec", "prompt-generic", "prompt-specific", "x", "y"];
    const styles = [...methodStyles(facts({ methods: names }).study, names, theme).values()];
    expect(new Set(styles.map(({ color }) => color)).size).toBe(9);
    expect(new Set(styles.map(({ symbol }) => symbol)).size).toBe(9);
    expect(new Set(styles.slice(0, 8).map(({ pattern }) => pattern)).size).toBe(8);
  });

  test("the baseline is grey and plain whatever its name", () => {
    expect(methodStyles(study, [], theme).get("fp16")).toEqual(methodStyles(facts().study, [], theme).get("base"));
  });
});

describe("plotlyText", () => {
  test("text stays text", () => {
    expect(plotlyText('<a href="x">&\n')).toBe('&lt;a href="x"&gt;&amp; ');
  });
});
