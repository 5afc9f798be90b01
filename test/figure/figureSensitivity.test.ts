import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { sensitivityOf, settings } from "../../src/analysis/sensitivity.js";
import { studyView } from "../../src/analysis/studyView.js";
import { tableRates } from "../../src/analysis/table5.js";
import { InputError } from "../../src/error.js";
import type { Figure } from "../../src/figure/figure.js";
import { figureSensitivity } from "../../src/figure/figureSensitivity.js";
import type { Severity } from "../../src/record/schema/scan.js";
import type { Where } from "../../src/table/typedTable.js";
import { facts, finding, row, syntheticRows } from "../analysis/rows.js";

const shared = facts();
const line = (method: string, task: string, casePass: number, flag?: Severity | "unscannable") =>
  row(shared, {
    ...{ method, task, casePass },
    scans: { bandit: flag === undefined ? "secure" : flag === "unscannable" ? flag : "insecure" },
    findings: flag === undefined || flag === "unscannable" ? {} : { bandit: [{ ...finding("R", 78), severity: flag }] },
  });

/** base: one flag of MEDIUM, two samples of half the cases. sven: one sample does not parse, one passes all. */
const rows = [
  ...[line("base", "t1", 1, "MEDIUM"), line("base", "t2", 0.5), line("base", "t3", 0.5), line("base", "t4", 0)],
  ...[line("sven", "t1", 1), line("sven", "t2", 0, "unscannable"), line("sven", "t3", 0), line("sven", "t4", 0)],
];
const panel = (of = rows) => {
  const view = studyView(of);
  return sensitivityOf(view, view.configurations);
};
const at = (form: string, severity: string, unscannable: string) =>
  settings.findIndex((each) => each.form === form && each.severity === severity && each.unscannable === unscannable);
const half = (Math.exp(0.5) - 1) / (Math.E - 1);
const words = (figure: Figure) =>
  (figure.layout["annotations"] as { text: string }[]).map(({ text }) => text.replace(/<br>/g, " ")).join(" ");

describe("sensitivityOf", () => {
  const { lines, ranks, own, agreement } = panel();
  const safe = (method: string, ...setting: [string, string, string]) =>
    lines.find(({ configuration }) => configuration.method === method)?.safe[at(...setting)];

  test("counts findings from a severity on, code that does not parse by policy, and SAFE in either form", () => {
    expect(settings).toHaveLength(18);
    expect(safe("base", "exponential", "LOW", "insecure")).toBeCloseTo(half / 2, 12);
    expect(safe("base", "exponential", "MEDIUM", "insecure")).toBeCloseTo(half / 2, 12);
    expect(safe("base", "exponential", "HIGH", "insecure")).toBeCloseTo((1 + 2 * half) / 4, 12);
    expect(safe("base", "linear", "LOW", "insecure")).toBeCloseTo(1 / 4, 12);
    expect(safe("sven", "exponential", "LOW", "exclude")).toBeCloseTo(1 / 3, 12);
    expect(safe("sven", "exponential", "LOW", "secure")).toBeCloseTo(1 / 4, 12);
  });

  test("the study's own setting gives Table 5's SAFE@1", () => {
    expect(own).toBe(at("exponential", "LOW", "insecure"));
    const table = tableRates(rows).rows;
    expect(safe("base", "exponential", "LOW", "insecure")).toBeCloseTo(Number(table[0]?.["safe"]?.value), 12);
    expect(safe("sven", "exponential", "LOW", "insecure")).toBeCloseTo(Number(table[1]?.["safe"]?.value), 12);
  });

  test("ranks the methods under each, and tells which order flips", () => {
    expect(lines.map(({ configuration }) => configuration.method)).toEqual(["sven", "base"]);
    expect([ranks[0]?.[own], ranks[1]?.[own]]).toEqual([1, 2]);
    const high = at("exponential", "HIGH", "insecure");
    expect([ranks[0]?.[high], ranks[1]?.[high]]).toEqual([2, 1]);
    expect(agreement?.[high]).toMatchObject({ tau: -1, discordant: 1 });
    // Linear: both 1/4.
    expect([0, 1].map((i) => ranks[i]?.[at("linear", "LOW", "insecure")])).toEqual([1, 1]);
  });

  test("a flag without a listed finding stays one", () => {
    const bare = rows.map((each) => ({ ...each, findings: {} }));
    const base = panel(bare).lines.find(({ configuration }) => configuration.method === "base");
    expect(base?.safe[at("exponential", "HIGH", "insecure")]).toBeCloseTo(half / 2, 12);
  });
});

describe("figureSensitivity", () => {
  test("says whether the order holds, and frames the study's own way to count", () => {
    const figure = figureSensitivity(rows);
    // HIGH alone: three policies, two forms.
    expect(words(figure)).toContain("changes in 6 of 17: up to 1 of 1 pairs");
    expect(figure.notes[0]).toMatch(/^The order does not hold: of 17 pairs .* 6 change places \(0.353\)\.$/);
    expect(figure.layout["shapes"]).toMatchObject([{ x0: -0.5, x1: 0.5 }]);
  });

  test("has a panel a model and a field a method and way to count, whose where selects its samples", () => {
    const many = syntheticRows({ models: ["m1", "m2"], methods: ["base", "sven", "promsec"], tasks: 12 });
    const figure = figureSensitivity(many);
    expect(figure.data).toHaveLength(2);
    expect(figure.data[1]?.["x"]).toHaveLength(3 * 18);
    const [where] = figure.data[1]?.["customdata"] as Where[];
    const samples = samplesOf(many, where ?? {});
    expect([samples.length, samples[0]?.model]).toEqual([12, "m2"]);
  });

  test("with one method ranks nothing: says why, what to do, and the range of its SAFE@1", () => {
    const figure = figureSensitivity(rows.filter(({ method }) => method === "base"));
    expect(figure.data).toEqual([]);
    expect(words(figure)).toContain(
      "There is no order to hold: the rows hold one method (base), the study plans sven too",
    );
    expect(words(figure)).toContain("SAFE@1 over the 18 ways to count: Base by m1, .19–.50.");
    expect(words(figure)).not.toContain("rank");
  });

  test("with a second method that was never executed names the command, not a want of methods", () => {
    const half = rows.map((each) =>
      each.method === "base" ? each : row(shared, { method: "sven", task: each.task, scans: { bandit: "secure" } }),
    );
    const figure = figureSensitivity(half);
    expect(figure.data).toEqual([]);
    expect(words(figure)).toContain("There is no order to hold: no executions: run “safelab execute RUN”");
  });

  test("without executions names the command, and refuses a data set that is not there", () => {
    expect(words(figureSensitivity(syntheticRows({ executed: false, tasks: 4 })))).toContain("safelab execute RUN");
    expect(() => figureSensitivity(rows, { dataset: "D9" })).toThrow(InputError);
  });
});
