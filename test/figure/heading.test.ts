import { describe, expect, test } from "vitest";
import { studyView } from "../../src/analysis/studyView.js";
import { emptyFigure } from "../../src/figure/emptyFigure.js";
import { figure3 } from "../../src/figure/figure3.js";
import { figure6 } from "../../src/figure/figure6.js";
import { figureForest } from "../../src/figure/figureForest.js";
import { figurePlane } from "../../src/figure/figurePlane.js";
import { figureSensitivity } from "../../src/figure/figureSensitivity.js";
import { figureTransitions } from "../../src/figure/figureTransitions.js";
import type { Figure } from "../../src/figure/figure.js";
import { fittedHeadings } from "../../src/figure/heading.js";
import { theme } from "../../src/figure/theme.js";
import { syntheticRows } from "../analysis/rows.js";

describe("fittedHeadings", () => {
  test("one line in the size of text where all fit, else in the smaller size, else wrapped", () => {
    const of = (name: string, width: number) => fittedHeadings([{ names: [name] }], width, theme);
    expect(of("Qwen2.5-Coder-7B", 130)).toEqual({ ...of("Qwen2.5-Coder-7B", 999), size: theme.text });
    expect(of("Qwen2.5-Coder-7B", 103)).toMatchObject({ size: theme.small, lines: [["<b>Qwen2.5-Coder-7B</b>"]] });
    expect(of("Security prompt (n = 1140)", 105).lines).toEqual([
      ["<b>Security prompt</b>", "<b>(n\u00a0=\u00a01140)</b>"],
    ]);
  });

  test("what stands under the names is plain and begins a line", () => {
    const heading = { names: ["SVEN (n = 5)"], details: ["m1, code template"] };
    expect(fittedHeadings([heading], 300, theme).lines[0]?.map((line) => line.replace(/\u00a0/g, " "))).toEqual([
      "<b>SVEN (n = 5)</b>",
      "m1, code template",
    ]);
  });
});

const longModel = "deepseek-ai/DeepSeek-Coder-V2-Lite-Instruct-with-a-name-of-sixty-letters";
const longMethod = "prompt-with-examples-of-every-weakness-that-is-known";
const rows = syntheticRows({
  models: [longModel, `${longModel}2`],
  methods: ["base", "prompt-generic", longMethod],
  judges: ["gpt-4o-2024-08-06-as-a-judge"],
  tasks: 6,
});
const figures: readonly (readonly [string, Figure])[] = (["page", "column"] as const).flatMap((width) =>
  [
    figure3(rows, { width }),
    figure6(rows, { width }),
    figurePlane(rows, { width }),
    figureForest(rows, { width }),
    figureSensitivity(rows, { width }),
    figureTransitions(rows, { width }),
  ].map((figure) => [`${figure.id}, ${width}`, figure] as const),
);

test("a reason that fills many lines makes an empty figure higher", () => {
  const of = (reason: string) =>
    emptyFigure({ id: "f", title: "F" }, reason, "column", theme).layout["height"] as number;
  expect(of("word ".repeat(200))).toBeGreaterThan(of("word") + 200);
});

describe("no name is ever cut", () => {
  test.each(figures)("%s", (_, figure) => {
    const printed = JSON.stringify(figure.layout).replace(/<[^>]*>/g, "");
    expect(printed).not.toContain("…");
    const letters = printed.replace(/[ \u00a0]/g, "");
    for (const name of figure.id === "figure6" ? ["gpt-4o-2024-08-06-as-a-judge"] : studyView(rows).models) {
      expect(letters).toContain(name);
    }
    if (/Forest|Sensitivity|Transitions/.test(figure.id)) expect(letters).toContain(longMethod);
  });

  test.each(figures)("room is made for the headings' lines: %s", (_, figure) => {
    const { height, margin } = figure.layout as { height: number; margin: { t: number; b: number } };
    const plot = height - margin.t - margin.b;
    const marks = figure.layout["annotations"] as { text: string; y: number; yref: string; yshift?: number }[];
    const axes = Object.entries(figure.layout).filter(([name]) => name.startsWith("yaxis"));
    const domains = axes.map(([, axis]) => (axis as { domain: [number, number] }).domain);
    for (const { text, y, yref, yshift = 0 } of marks) {
      if (yref !== "paper" || !text.startsWith("<b>")) continue;
      const top = y * plot + yshift + 1.3 * 9.5 * text.split("<br>").length;
      const above = domains.map(([low]) => low * plot).filter((low) => low > y * plot);
      expect(top).toBeLessThanOrEqual(Math.min(...above, plot + 10));
    }
  });
});
