import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { InputError } from "../../src/error.js";
import { figure5 } from "../../src/figure/figure5.js";
import { figure6 } from "../../src/figure/figure6.js";
import { figureTransitions } from "../../src/figure/figureTransitions.js";
import type { Where } from "../../src/table/typedTable.js";
import { handRows } from "../analysis/handRows.js";
import { facts, finding, row, syntheticRows } from "../analysis/rows.js";
import { rounded } from "./rounded.js";

const words = (figure: { layout: Record<string, unknown> }) =>
  (figure.layout["annotations"] as { text: string }[])
    .map(({ text }) => text)
    .join(" ")
    .replace(/<br>/g, " ")
    .replace(/\u00a0/g, " ");

function found() {
  const shared = facts({ methods: ["base"], union: ["bandit", "bearer"] });
  const line = (task: string, bandit: ReturnType<typeof finding>[], bearer: ReturnType<typeof finding>[]) =>
    row(shared, {
      task,
      scans: { bandit: bandit.length > 0 ? "insecure" : "secure", bearer: bearer.length > 0 ? "insecure" : "secure" },
      findings: { bandit, bearer },
    });
  return [
    line("t1", [finding("B1", 78), finding("B2", 78)], []),
    line("t2", [finding("B1", 78), finding("B3", 89, 327)], [finding("R", 327)]),
    line("t3", [finding("B9")], []),
    row(shared, { task: "t4", scans: { bandit: "secure" } }),
  ];
}

describe("figure5", () => {
  const axis = (figure: ReturnType<typeof figure5>) => (figure.layout["yaxis"] as { ticktext: string[] }).ticktext;

  test("keeps its specification", async () => {
    await expect(rounded(figure5(found()))).toMatchFileSnapshot("golden/figure5.json");
  });

  test("counts samples by CWE and scanner, the frequent first, findings without a CWE last", () => {
    const figure = figure5(found());
    expect(axis(figure)).toEqual(["CWE-78", "CWE-327", "CWE-89", "no CWE"]);
    expect(figure.data.map((trace) => [trace["name"], trace["x"]])).toEqual([
      ["Bearer", [0, 1, 0, 0]],
      ["Bandit", [2, 1, 1, 1]],
    ]);
    expect(words(figure)).toContain("n = 3");
    expect(words(figure)).toContain("Bearer: left out 1 not scanned by bearer.");
  });

  test("counts findings in place of samples", () => {
    const figure = figure5(found(), { count: "findings" });
    expect(axis(figure)).toEqual(["CWE-78", "CWE-327", "CWE-89", "no CWE"]);
    expect(figure.data[1]?.["x"]).toEqual([3, 1, 1, 1]);
  });

  test("counts by family, so that scanners which name one weakness differently agree", () => {
    const shared = facts({ methods: ["base"], union: ["bandit", "bearer"] });
    const rows = ["t1", "t2"].map((task) =>
      row(shared, {
        task,
        scans: { bandit: "insecure", bearer: "insecure" },
        findings: { bandit: [finding("B311", 330)], bearer: [finding("python_lang_weak_random", 327)] },
      }),
    );
    expect(figure5(rows).data.map((trace) => trace["x"])).toEqual([
      [2, 0],
      [0, 2],
    ]);
    const figure = figure5(rows, { cwes: "families" });
    expect(axis(figure)).toEqual(["CWE-327 cryptography, randomness"]);
    expect(figure.data.map((trace) => trace["x"])).toEqual([[2], [2]]);
    const [where] = figure.data[1]?.["customdata"] as Where[];
    expect(samplesOf(rows, where ?? {})).toHaveLength(2);
  });

  test("has an id for each way of counting", () => {
    const of = (options: Parameters<typeof figure5>[1]) => figure5(found(), options).id;
    expect([
      of({}),
      of({ count: "findings" }),
      of({ cwes: "families" }),
      of({ cwes: "families", count: "findings" }),
    ]).toEqual(["figure5", "figure5Findings", "figure5Families", "figure5FamiliesFindings"]);
  });

  test("puts what is beyond fifteen CWEs into one line", () => {
    const shared = facts({ methods: ["base"] });
    const many = Array.from({ length: 20 }, (_, i) =>
      row(shared, { task: `t${i}`, scans: { bandit: "insecure" }, findings: { bandit: [finding("B", 100 + i)] } }),
    );
    const figure = figure5(many);
    expect(axis(figure)).toHaveLength(16);
    expect(axis(figure).at(-1)).toBe("other");
    expect((figure.data[0]?.["x"] as number[]).at(-1)).toBe(5);
  });

  test("a point's where selects its samples", () => {
    const [first] = figure5(found()).data[1]?.["customdata"] as Where[];
    expect(samplesOf(found(), first ?? {}).map(({ task }) => task)).toEqual(["t1", "t2"]);
  });

  test("without scans names the command; with some scanners names the others", () => {
    expect(words(figure5(syntheticRows({ scanned: false, tasks: 3 })))).toContain("safelab scan RUN --scanner codeql");
    const shared = facts({ union: ["bandit", "codeql"], methods: ["base"] });
    const figure = figure5([row(shared, { task: "t1", scans: { bandit: "secure" } })]);
    expect(figure.data).toHaveLength(1);
    expect(words(figure)).toContain("no scans by CodeQL");
  });
});

describe("figure6", () => {
  test("keeps its specification", async () => {
    const figure = figure6(syntheticRows({ tasks: 10, judges: ["gpt"] }));
    await expect(rounded(figure)).toMatchFileSnapshot("golden/figure6.json");
  });

  test("works with scanners alone and says that there are no judgements", () => {
    const figure = figure6(handRows());
    expect(figure.data[0]?.["x"]).toEqual([0, 1, 2]);
    expect(figure.layout["shapes"]).toEqual([]);
    expect(words(figure)).toContain("scanners alone are shown");
  });

  test("tells the n of the bars that it shows, of a scanner and of a judge, where the union is unknown", () => {
    const shared = facts({ methods: ["base"], union: ["bandit", "bearer"] });
    const sample = (task: string, judge: string) =>
      row(shared, { task, scans: { bandit: "secure" }, judges: { gpt: judge } });
    const scanned = [row(shared, { task: "t1", scans: { bandit: "secure" } }), row(shared, { task: "t2" })];
    expect(words(figure6(scanned))).toContain("D1 (n = 1)");
    const judged = ["secure", "insecure", "unsure"].map((status, i) => sample(`t${i}`, status));
    expect(words(figure6(judged))).toContain("D1 (n = 2–3)");
  });

  test("shows the model that is asked for, else the first that was judged", () => {
    const rows = syntheticRows({ models: ["m1", "m2"], judges: ["j"], tasks: 4 }).map((each) =>
      each.model === "m1" ? { ...each, judge_j: "notJudged" as const } : each,
    );
    expect(figure6(rows).title).toContain("m2");
    expect(figure6(rows, { model: "m1" }).title).toContain("m1");
    expect(() => figure6(rows, { model: "m3" })).toThrow(InputError);
  });
});

describe("figureTransitions", () => {
  test("keeps its specification", async () => {
    await expect(rounded(figureTransitions(handRows()))).toMatchFileSnapshot("golden/figureTransitions.json");
  });

  test("writes share and number into each field", () => {
    const [panel] = figureTransitions(handRows()).data;
    expect(panel?.["text"]).toEqual([
      ...["50 %<br>1", "0 %<br>0", "50 %<br>1", "0 %<br>0"],
      ...["0 %<br>0", "100 %<br>1", "0 %<br>0", "0 %<br>0"],
      ...["0 %<br>0", "100 %<br>1", "0 %<br>0", "0 %<br>0"],
      ...["0 %<br>0", "0 %<br>0", "100 %<br>1", "0 %<br>0"],
    ]);
  });

  test("a field's where selects its samples", () => {
    const [panel] = figureTransitions(handRows()).data;
    const where = (panel?.["customdata"] as Where[])[2] ?? {};
    expect(samplesOf(handRows(), where).map(({ task }) => task)).toEqual(["t3"]);
  });

  test("says what is missing: a second method, executions", () => {
    expect(words(figureTransitions(syntheticRows({ methods: ["base"] })))).toContain('no method beside "base"');
    expect(words(figureTransitions(syntheticRows({ executed: false, tasks: 3 })))).toContain("safelab execute RUN");
  });

  test("shows the data set that is asked for", () => {
    const rows = syntheticRows({ datasets: ["D1", "D2"], tasks: 4 });
    expect(figureTransitions(rows, { dataset: "D2" }).title).toContain("D2");
    expect(() => figureTransitions(rows, { dataset: "D3" })).toThrow(InputError);
  });
});
