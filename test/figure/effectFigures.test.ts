import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { table4 } from "../../src/analysis/table4.js";
import { InputError } from "../../src/error.js";
import type { Figure } from "../../src/figure/figure.js";
import { figureForest } from "../../src/figure/figureForest.js";
import { figurePlane } from "../../src/figure/figurePlane.js";
import type { Where } from "../../src/table/typedTable.js";
import { handRows } from "../analysis/handRows.js";
import { syntheticRows } from "../analysis/rows.js";
import { rounded } from "./rounded.js";

const annotations = (figure: Figure) => figure.layout["annotations"] as { text: string }[];
const words = (figure: Figure) =>
  annotations(figure)
    .map(({ text }) => text)
    .join(" ")
    .replace(/<br>/g, " ");
const points = (figure: Figure) => figure.data.filter((trace) => trace["mode"] === "markers");
const arrows = (figure: Figure) => figure.data.filter((trace) => trace["mode"] === "lines+markers");
const traceOf = (figure: Figure, name: string) => figure.data.filter((trace) => trace["name"] === name);

describe("figurePlane", () => {
  test("keeps its specification", async () => {
    await expect(rounded(figurePlane(handRows()))).toMatchFileSnapshot("golden/figurePlane.json");
  });

  test("a point stands at Pass@1 by task and Secure@1 by the union, the arrow starts at the baseline", () => {
    // base: t1, t2, t3 pass; t1, t3, t4 secure. sven: t1, t3, t5 pass; t1, t2, t4 secure.
    const figure = figurePlane(handRows());
    expect(points(figure).map((trace) => [trace["name"], trace["x"], trace["y"]])).toEqual([
      ["Base", [0.6], [0.6]],
      ["SVEN", [0.6], [0.6]],
    ]);
    // The two coincide: no arrow, which would hide both.
    expect(arrows(figure)).toEqual([]);
    const moved = handRows().map((each) => (each.method === "sven" ? { ...each, taskPass: false } : each));
    const [border, arrow] = arrows(figurePlane(moved));
    expect([arrow?.["x"], arrow?.["y"]]).toEqual([
      [0.6, 0],
      [0.6, 0.6],
    ]);
    expect(border).toMatchObject({ x: arrow?.["x"], line: { color: "#ffffff" } });
  });

  test("intervals lie below the arrows, a longer arrow below a shorter one, and the points on top", () => {
    const taskPass = (method: string, task: string) =>
      method === "base" ? true : method === "sven" ? false : ["t0", "t1", "t2"].includes(task);
    const rows = syntheticRows({ methods: ["base", "promsec", "sven"], tasks: 6 }).map((each) => ({
      ...each,
      ...{ taskPass: taskPass(each.method, each.task), secure: "secure" as const },
    }));
    const { data } = figurePlane(rows);
    const kinds = data.map((trace) => (trace["mode"] === "none" ? "interval" : trace["mode"]));
    expect(kinds).toEqual([
      ...Array.from({ length: 3 }, () => "interval"),
      ...Array.from({ length: 4 }, () => "lines+markers"),
      ...Array.from({ length: 3 }, () => "markers"),
    ]);
    expect(arrows({ data } as unknown as Figure).map((trace) => trace["legendgroup"])).toEqual([
      ...["sven", "sven", "promsec", "promsec"],
    ]);
  });

  test("says n above each panel, and behind each point", () => {
    const figure = figurePlane(handRows());
    expect(words(figure).replace(/\u00a0/g, " ")).toContain("m1 (n = 5)");
    expect(points(figure)[0]?.["hovertext"]).toEqual([expect.stringContaining("Pass@1 0.600: 3/5; 95 % interval")]);
  });

  test("has Wilson's intervals on both axes", () => {
    // statsmodels.stats.proportion.proportion_confint(3, 5, method="wilson"): 0.230724, 0.882379
    const [base] = figurePlane(handRows()).data.filter((trace) => trace["mode"] === "none");
    const { array, arrayminus } = base?.["error_x"] as { array: number[]; arrayminus: number[] };
    expect(0.6 + (array[0] ?? 0)).toBeCloseTo(0.882379, 5);
    expect(0.6 - (arrayminus[0] ?? 0)).toBeCloseTo(0.230724, 5);
  });

  test("a model without a point has no panel and is named", () => {
    const rows = syntheticRows({ models: ["m1", "m2"], tasks: 5 }).map((each) =>
      each.model === "m2" ? { ...each, taskPass: null, casePass: null, execution: "notRun" as const } : each,
    );
    const figure = figurePlane(rows);
    expect(figure.layout).not.toHaveProperty("xaxis2");
    expect(figure.notes.slice(0, 2)).toEqual(["Without a point: m2.", "– no executions: run `safelab execute RUN`"]);
  });

  test("one panel a model, square, on a page three a line", () => {
    const rows = syntheticRows({ models: ["m1", "m2", "m3", "m4"], tasks: 5 });
    expect(figurePlane(rows).layout["xaxis4"]).toMatchObject({ anchor: "y4" });
    const { width, height, xaxis, yaxis, margin } = figurePlane(rows, { width: "column" }).layout as {
      width: number;
      height: number;
      xaxis: { domain: [number, number] };
      yaxis: { domain: [number, number] };
      margin: { l: number; r: number; t: number; b: number };
    };
    const across = (xaxis.domain[1] - xaxis.domain[0]) * (width - margin.l - margin.r);
    expect((yaxis.domain[1] - yaxis.domain[0]) * (height - margin.t - margin.b)).toBeCloseTo(across, 0);
  });

  test("without a second method shows the points and says why there is no arrow", () => {
    const figure = figurePlane(syntheticRows({ methods: ["base"], tasks: 5 }));
    expect(points(figure)).toHaveLength(1);
    expect(words(figure)).toContain('No arrows: the study has no method beside "base"');
  });

  test("without executions or for an unknown data set says so", () => {
    expect(words(figurePlane(syntheticRows({ executed: false, tasks: 3 })))).toContain("safelab execute RUN");
    expect(() => figurePlane(handRows(), { dataset: "D9" })).toThrow(InputError);
  });
});

describe("figureForest", () => {
  const rows = syntheticRows({ models: ["m1", "m2"], methods: ["base", "sven", "promsec"], tasks: 30 });
  const figure = figureForest(rows);

  test("keeps its specification", async () => {
    await expect(rounded(figureForest(handRows()))).toMatchFileSnapshot("golden/figureForest.json");
  });

  test("shows Table 4's differences, intervals and adjusted p", () => {
    const cells = table4(rows).rows;
    const line = (measure: string, method: string) =>
      cells.filter((each) => each["measure"]?.value === measure && each["method"]?.value === method);
    const secure = line("Secure@1 (union)", "SVEN");
    const [trace] = traceOf(figure, "SVEN");
    expect(trace?.["x"]).toEqual(secure.map((each) => each["difference"]?.value));
    const { array } = trace?.["error_x"] as { array: number[] };
    const upper = (trace?.["x"] as number[]).map((x, i) => x + (array[i] ?? 0));
    secure.forEach((each, i) => expect(upper[i]).toBeCloseTo(each["difference"]?.interval?.[1] ?? NaN, 12));
    const safe = line("SAFE@1", "PromSec")[0]?.["tAdjusted"]?.value as number;
    const mcnemar = line("Pass@1 (Task)", "PromSec")[0]?.["mcnemarAdjusted"]?.value as number;
    const shown = traceOf(figure, "PromSec").map((each) => (each["hovertext"] as string[])[0] ?? "");
    const text = (p: number) => (p === 1 ? "p 1" : `p ${p.toFixed(3).replace("0.", ".")}`);
    expect(shown[3]).toContain(text(safe));
    expect(shown[1]).toContain(text(mcnemar));
  });

  test("takes Newcombe's intervals for shares, and says of which effects the bootstrap's are too narrow", () => {
    const few = handRows();
    const interval = table4(few, { interval: "newcombe" }).rows.find(
      (each) => each["measure"]?.value === "Secure@1 (union)",
    )?.["difference"]?.interval;
    const newcombe = figureForest(few, { interval: "newcombe" });
    const [trace] = traceOf(newcombe, "SVEN");
    const { array } = trace?.["error_x"] as { array: number[] };
    expect(((trace?.["x"] as number[])[0] ?? NaN) + (array[0] ?? NaN)).toBeCloseTo(interval?.[1] ?? NaN, 12);
    expect(words(newcombe).replace(/\u00a0/g, " ")).toContain("Newcombe’s 95 % intervals");
    expect(newcombe.notes.join(" ")).toContain("under 10 differ (1 of 4 effects)");
    expect(figureForest(few).notes.join(" ")).toContain("under 10 differ (4 of 4 effects)");
  });

  test("has a panel for each measure and a heading for each model", () => {
    expect(words(figure)).toMatch(/Secure@1 \(union\).*Pass@1 \(Task\).*Secure-Pass@1.*SAFE@1/);
    expect(annotations(figure).filter(({ text }) => text === "<b>m2</b>")).toHaveLength(2);
    expect(traceOf(figure, "SVEN")[0]?.["y"]).toEqual([1, 4]);
  });

  test("four measures of four methods and two prompts fit a page in one column, the scale named once", () => {
    const methods = ["base", "prompt-generic", "prompt-specific", "codeguard", "promsec"];
    const shape = { models: ["SmolLM2-135M-Instruct"], prompts: ["nl", "ct"], methods, tasks: 6 } as const;
    const titles = ({ layout }: Figure) => JSON.stringify(layout).split("Δ (method").length - 1;
    const column = figureForest(syntheticRows(shape), { width: "column" });
    expect(column.layout["height"]).toBeLessThanOrEqual(9 * 96);
    expect(titles(column)).toBe(1);
    expect(column.layout).toHaveProperty("xaxis4.title.text");
    expect(titles(figureForest(syntheticRows(shape)))).toBe(4);
  });

  test("a point's where selects its samples", () => {
    const [where] = traceOf(figure, "SVEN")[0]?.["customdata"] as Where[];
    expect(new Set(samplesOf(rows, where ?? {}).map(({ model, method }) => `${model} ${method}`))).toEqual(
      new Set(["m1 sven"]),
    );
  });

  test("says how many pairs are left out", () => {
    const holes = handRows().map((each, i) => (i === 0 ? { ...each, taskPass: null, casePass: null } : each));
    expect(figureForest(holes).notes).toContain("Pairs left out: 1 Base: not executed.");
  });

  test("says what is missing: a second method, executions", () => {
    expect(words(figureForest(syntheticRows({ methods: ["base"] })))).toContain('no method beside "base"');
    const scanned = figureForest(syntheticRows({ executed: false, tasks: 5 }));
    expect(words(scanned)).toContain("safelab execute RUN");
    expect(words(scanned)).toContain("Secure@1 (union)");
  });
});
