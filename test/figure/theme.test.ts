import { describe, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { atWidth, type Figure, inTheme, withoutCaption } from "../../src/figure/figure.js";
import { codeListing } from "../../src/figure/codeListing.js";
import { figure1 } from "../../src/figure/figure1.js";
import { figure3 } from "../../src/figure/figure3.js";
import { figure5 } from "../../src/figure/figure5.js";
import { figure6 } from "../../src/figure/figure6.js";
import { figure7 } from "../../src/figure/figure7.js";
import { figure9 } from "../../src/figure/figure9.js";
import { figureForest } from "../../src/figure/figureForest.js";
import { figurePlane } from "../../src/figure/figurePlane.js";
import { figureSafeCurve } from "../../src/figure/figureSafeCurve.js";
import { figureSensitivity } from "../../src/figure/figureSensitivity.js";
import { figureTransitions } from "../../src/figure/figureTransitions.js";
import { theme, themed } from "../../src/figure/theme.js";
import type { ResultRow } from "../../src/record/schema/resultRow.js";
import { handRows } from "../analysis/handRows.js";

const strange = {
  font: "Strange",
  mono: "Stranger",
  text: 10.01,
  small: 8.01,
  title: 12.01,
  ink: "#010203",
  faint: "#040506",
  grid: "#070809",
  paper: "#0a0b0c",
  inches: { column: 3, page: 6 },
};

const figures: [string, (rows: readonly ResultRow[]) => Figure][] = [
  ["figure1", figure1],
  ["codeListing", (rows) => codeListing(rows[0]!)],
  ["figure3", figure3],
  ["figure5", figure5],
  ["figure6", figure6],
  ["figure7", figure7],
  ["figure9", figure9],
  ["figurePlane", figurePlane],
  ["figureForest", figureForest],
  ["figureTransitions", figureTransitions],
  ["figureSensitivity", figureSensitivity],
  ["figureSafeCurve", (rows) => figureSafeCurve(rows)],
];

interface Laid {
  readonly title?: { readonly text: string };
  readonly height: number;
  readonly margin: { readonly t: number; readonly b: number };
  readonly annotations?: readonly { readonly text: string }[];
}
const laid = ({ layout }: Figure) => layout as unknown as Laid;
const textsOf = (figure: Figure) => (laid(figure).annotations ?? []).map(({ text }) => text);

describe("without its caption", () => {
  test.each(figures)("%s loses title, footnotes and their space, and nothing else", (_name, draw) => {
    for (const width of ["page", "column"] as const) {
      const whole = atWidth<Figure>(draw(handRows()), width);
      const bare = withoutCaption(whole);
      const [before, after] = [laid(whole), laid(bare)];
      expect(after.title).toBeUndefined();
      const gone = textsOf(whole).filter((text) => !textsOf(bare).includes(text));
      // A figure with nothing to show says why in the picture's place.
      expect(gone).toHaveLength(whole.notes.length === 0 || whole.data.length === 0 ? 0 : 1);
      expect(textsOf(bare)).toEqual(textsOf(whole).filter((text) => !gone.includes(text)));
      const lines = (text: string | undefined) => (text === undefined ? 0 : text.split("<br>").length);
      const [title, notes] = [lines(before.title?.text) * 1.3 * 13, lines(gone[0]) * 1.35 * 9.5];
      expect(before.margin.t - after.margin.t).toBeCloseTo(title, 6);
      expect(after.margin.b).toBe(8);
      expect(Math.abs(before.height - after.height - title - notes - (notes === 0 ? 0 : 6))).toBeLessThanOrEqual(1);
      expect(bare).toMatchObject({ data: whole.data, title: whole.title, notes: whole.notes, alt: whole.alt });
      expect(atWidth(atWidth(bare, "55mm"), width)).toEqual(bare);
    }
  });

  test("a figure keeps its theme, and one that was changed by hand is refused", () => {
    const bare = withoutCaption(inTheme(figure3(handRows()), strange));
    expect(bare).toEqual(inTheme(withoutCaption(figure3(handRows())), strange));
    expect(() => withoutCaption({ ...bare, data: [] })).toThrow("`caption: false` is for a figure as safelab drew it");
  });
});

describe("a theme", () => {
  test.each(figures)("reaches every part of %s", (_name, draw) => {
    const { data, layout } = inTheme(draw(handRows()), strange);
    const text = JSON.stringify([data, layout]);
    const own = [theme.font, theme.mono, theme.ink, theme.grid, theme.paper, '"size":9.5', '"size":11,', '"size":11}'];
    // White lies over patterns whatever the paper; all else comes from the theme.
    const left = own.filter((each) => text.replaceAll('"fgcolor":"#ffffff"', "").includes(each));
    expect(left).toEqual([]);
    expect(text).toContain("Strange");
    expect(layout["width"]).toBe(576);
  });

  test("gives single methods colours and leaves the others", () => {
    const figure = inTheme(figure3(handRows()), { methods: { sven: { color: "#aa0000" } } });
    const colors = figure.data.map((trace) => [trace["name"], (trace["marker"] as { color: string }).color]);
    expect(Object.fromEntries(colors)).toMatchObject({ Base: theme.baseline.color, SVEN: "#aa0000" });
  });

  test("stays when the figure is laid out for a column", () => {
    const column = atWidth(inTheme(figure3(handRows()), strange), "column");
    expect(column.layout).toMatchObject({ width: 288, font: { family: "Strange" } });
  });

  test("is refused for a figure that was changed by hand", () => {
    const changed = { ...figure3(handRows()), title: "mine" };
    expect(() => inTheme(changed, strange)).toThrow(InputError);
  });

  test("has ACM's widths in inches, and pixels that follow from inches", () => {
    expect(theme.inches).toEqual({ page: 7, column: 3.33 });
    expect(theme.width).toEqual({ page: 672, column: 320 });
    expect(themed({ inches: { column: 3.5 } }).width).toEqual({ page: 672, column: 336 });
  });
});
