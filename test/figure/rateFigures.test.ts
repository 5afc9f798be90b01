import { describe, expect, test } from "vitest";
import { table5 } from "../../src/analysis/table5.js";
import { InputError } from "../../src/error.js";
import { figure3 } from "../../src/figure/figure3.js";
import { figure4 } from "../../src/figure/figure4.js";
import { figure7 } from "../../src/figure/figure7.js";
import { figure8 } from "../../src/figure/figure8.js";
import { handRows } from "../analysis/handRows.js";
import { facts, row, syntheticRows } from "../analysis/rows.js";
import { rounded } from "./rounded.js";

interface Bar {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly hovertext: readonly string[];
  readonly customdata: readonly unknown[];
  readonly marker: { readonly color: string; readonly pattern: { readonly shape: string } };
  readonly error_y: { readonly array: readonly number[]; readonly arrayminus: readonly number[] };
}
const bars = (figure: { data: readonly unknown[] }) => figure.data as readonly Bar[];
const texts = (figure: { layout: Record<string, unknown> }) =>
  (figure.layout["annotations"] as { text: string }[]).map(({ text }) => text.replace(/\u00a0/g, " "));
const two = syntheticRows({ datasets: ["D1", "D2"], models: ["m1", "m2"], tasks: 12 });

describe("figure3", () => {
  test("keeps its specification", async () => {
    await expect(rounded(figure3(handRows()))).toMatchFileSnapshot("golden/figure3.json");
  });

  test("shows the numbers of Table 5 with their intervals and samples", () => {
    const [base] = bars(figure3(handRows()));
    const cells = table5(handRows()).rows[0];
    const keys = ["secure_a", "secure_b", "casePass", "taskPass"];
    expect(base?.y).toEqual(keys.map((key) => cells?.[key]?.value));
    expect(base?.customdata).toEqual(keys.map((key) => cells?.[key]?.where));
    const ends = keys.map((_, i) => (base?.y[i] ?? 0) + (base?.error_y.array[i] ?? 0));
    ends.forEach((end, i) => expect(end).toBeCloseTo(cells?.[keys[i] ?? ""]?.interval?.[1] ?? Number.NaN, 12));
    expect(base?.hovertext[0]).toContain("3/5; 95 % interval [.231, .882]");
  });

  test("says where the union is known of more samples than its bars count", () => {
    const shared = facts({ methods: ["base"], union: ["bandit", "bearer"] });
    const sketch = (task: string, bandit: "secure" | "insecure", bearer: "secure" | "scanFailed") =>
      row(shared, { task, casePass: 1, scans: { bandit, bearer } });
    const known = [sketch("t1", "secure", "secure"), sketch("t2", "secure", "secure")];
    const words = "A scanner failed on 1 of the samples left out and another one flags them";
    expect(figure3([...known, sketch("t3", "insecure", "scanFailed")]).notes.join(" ")).toContain(words);
    expect(figure3(known).notes.join(" ")).not.toContain("A scanner failed");
  });

  test("is about the first data set, figure4 about the second", () => {
    expect(figure3(two).title).toContain("D1");
    expect(figure4(two).title).toContain("D2");
    expect(figure7(two).title).toContain("D1");
    expect(figure8(two).title).toContain("D2");
  });

  test("has a panel a model and a dashed line before Case and Task", () => {
    const figure = figure3(two);
    expect(bars(figure)).toHaveLength(4);
    expect(texts(figure).filter((text) => text.startsWith("<b>m"))).toEqual([
      "<b>m1 (n = 12)</b>",
      "<b>m2 (n = 12)</b>",
    ]);
    expect(figure.layout["shapes"]).toMatchObject([
      { x0: 2.5, line: { dash: "dash" } },
      { x0: 2.5, xref: "x2" },
    ]);
  });

  test("without executions draws the scanners and names the command", () => {
    const figure = figure3(syntheticRows({ executed: false, tasks: 10 }));
    expect(bars(figure)[0]?.x).toEqual([0, 1, 2]);
    expect(texts(figure).join(" ")).toContain("no executions: run “safelab execute RUN”");
    expect(figure.notes[0]).toContain("safelab execute RUN");
  });

  test("without scans draws Case and Task alone", () => {
    const figure = figure3(syntheticRows({ scanned: false, tasks: 10 }));
    expect(bars(figure)[0]?.x).toEqual([3, 4]);
    expect(texts(figure).join(" ")).toContain("no scans by CodeQL");
  });

  test("one model and one method make one panel without a legend", () => {
    const figure = figure3(syntheticRows({ methods: ["base"], tasks: 10 }));
    expect(bars(figure)).toHaveLength(1);
    expect(figure.layout["showlegend"]).toBe(false);
  });

  test("a method that the first model lacks still stands in the legend, once", () => {
    const rows = syntheticRows({ models: ["m1", "m2", "m3"], methods: ["base", "sven"], tasks: 5 });
    const figure = figure3(rows.filter(({ model, method }) => model !== "m1" || method === "base"));
    const shown = figure.data.filter((trace) => trace["showlegend"] === true);
    expect(shown.map((trace) => [trace["name"], trace["xaxis"]])).toEqual([
      ["Base", "x"],
      ["SVEN", "x2"],
    ]);
  });

  test("names never become markup", () => {
    const figure = figure3(
      syntheticRows({ models: ["<b>m</b> & co"], methods: ["base", "<script>x</script>"], tasks: 5 }),
    );
    expect(JSON.stringify(figure.data)).not.toMatch(/"name":"<|hovertext":\["<b>/);
    expect(bars(figure)[1]?.name).toBe("&lt;script&gt;x&lt;/script&gt;");
    expect(texts(figure).join()).toContain("&lt;b&gt;m&lt;/b&gt; &amp; co");
  });

  test("says in words what it shows", () => {
    expect(figure3(handRows()).alt).toContain("Secure@1 (a) runs from 0.600 (m1, Base) to 0.800 (m1, SVEN)");
  });

  test("refuses no rows", () => {
    expect(() => figure3([])).toThrow(InputError);
  });
});

describe("figure4", () => {
  test("of a run with one data set says which is missing", () => {
    const figure = figure4(handRows());
    expect(figure.data).toEqual([]);
    const words = (of: typeof figure) => texts(of).join(" ").replace(/<br>/g, " ");
    expect(words(figure)).toContain("The rows hold 1 data set (D1)");
    expect(words(figure)).toContain("add one to “datasets” in run.json");
    const filtered = figure4(two.filter(({ dataset }) => dataset === "D1"));
    expect(words(filtered)).toContain("the study plans D2 too: widen the filter");
  });
});

describe("figure7", () => {
  test("keeps its specification", async () => {
    await expect(rounded(figure7(handRows(), { width: "column" }))).toMatchFileSnapshot("golden/figure7.json");
  });

  test("with nothing to show names what is missing and its command in the picture", () => {
    const figure = figure7(syntheticRows({ executed: false, tasks: 5 }));
    expect(figure.data).toEqual([]);
    expect(texts(figure)).toEqual(["Nothing to show – no executions: run “safelab execute RUN”."]);
    expect(figure.alt).toContain("safelab execute RUN");
  });
});
