import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/analysis/samplesOf.js";
import { codeDiff } from "../../src/figure/codeDiff.js";
import { codeListing } from "../../src/figure/codeListing.js";
import type { Figure } from "../../src/figure/figure.js";
import { figure1 } from "../../src/figure/figure1.js";
import { figure2 } from "../../src/figure/figure2.js";
import { figure9 } from "../../src/figure/figure9.js";
import { foldLines } from "../../src/figure/foldLines.js";
import type { Where } from "../../src/table/typedTable.js";
import { facts, finding, row, syntheticRows } from "../analysis/rows.js";
import { codeRows } from "./codeRows.js";
import { rounded } from "./rounded.js";

const words = (figure: Figure) =>
  (figure.layout["annotations"] as { text: string }[])
    .map(({ text }) => text)
    .join(" ")
    .replace(/<br>/g, " ")
    .replace(/<\/?b>/g, "");
const texts = (figure: Figure, trace: number) => figure.data[trace]?.["text"] as string[];
const grounds = (figure: Figure) =>
  (figure.layout["shapes"] as { y0: number; x1: number; xref: string }[]).map(({ xref, y0, x1 }) => [xref, y0, x1]);
const shared = facts({ methods: ["base"] });

describe("codeListing", () => {
  const [flagged] = codeRows();

  test("keeps its specification", async () => {
    await expect(rounded(codeListing(flagged!))).toMatchFileSnapshot("golden/codeListing.json");
  });

  test("marks the line that a scanner flags and tells the finding", () => {
    const figure = codeListing(flagged!);
    expect(texts(figure, 0)).toEqual(["1  ", "2  ", "3  ", "4  "]);
    expect(grounds(figure)).toEqual([
      ["x domain", 2.5, 1],
      ["x domain", 2.5, 3 / 656],
    ]);
    expect(words(figure)).toContain("Line 4: Bandit B324 (CWE-327): Use of weak MD5 hash.");
    expect((figure.data[1]?.["hovertext"] as string[])[3]).toContain("B324");
  });

  test("code that no scanner has looked at is said to be so, not to be free of flags", () => {
    const shared = facts();
    const seen = codeListing(row(shared, { task: "t1", code: "go()\n", scans: { bandit: "secure" } }));
    expect(seen.alt).toContain("1 line of code, none flagged.");
    expect(seen.notes.join(" ")).not.toContain("No scanner");
    const unseen = codeListing(row(shared, { task: "t1", code: "go()\n", scans: { bandit: "notScanned" } }));
    expect(unseen.alt).toContain("1 line of code, not scanned.");
    expect(unseen.notes).toContain("No scanner has looked at this code: run `safelab scan RUN`.");
  });

  test("keeps indentation as a place, whatever the font", () => {
    const figure = codeListing(row(shared, { task: "t1", code: "if x:\n\tgo()\n" }));
    expect(figure.data[1]?.["x"]).toEqual([0, 4]);
    expect(texts(figure, 1)).toEqual(["if x:", "go()"]);
  });

  const deep = (levels: number) =>
    Array.from({ length: levels }, (_, level) => `${" ".repeat(4 * level)}x${level}`).join("\n");
  const narrowed = "Indentation is drawn at half its width.";

  test("divides the indentation of deep code alike in all its lines, and says so where it does", () => {
    const sample = row(shared, { task: "t1", code: deep(10) });
    const column = codeListing(sample, { width: "column" });
    expect(column.data[1]?.["x"]).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect(words(column)).toContain(narrowed);
    const page = codeListing(sample);
    expect(page.data[1]?.["x"]).toEqual([0, 4, 8, 12, 16, 20, 24, 28, 32, 36]);
    expect(words(page)).not.toContain("Indentation");
    expect(words(codeListing(row(shared, { task: "t1", code: deep(20) }), { width: "column" }))).toContain(
      "Indentation is drawn at a quarter of its width.",
    );
  });

  test("blank lines and lines that are not shown do not narrow the others", () => {
    const blank = row(shared, { task: "t1", code: `if x:\n    go()\n${" ".repeat(60)}\n` });
    expect(words(codeListing(blank, { width: "column" }))).not.toContain("Indentation");
    const long = `${"x = 1\n".repeat(100)}${" ".repeat(60)}y`;
    expect(words(codeListing(row(shared, { task: "t1", code: long }), { width: "column" }))).not.toContain(
      "Indentation",
    );
  });

  test("breaks long lines after a space and numbers them once", () => {
    const long = `    ${"word ".repeat(30)}`;
    const figure = codeListing(row(shared, { task: "t1", code: long }), { width: "column" });
    expect(texts(figure, 1).join("")).toBe(long.trimStart());
    expect(texts(figure, 1).every((part) => part.endsWith(" "))).toBe(true);
    expect(texts(figure, 0).filter((number) => number.trim() !== "")).toEqual(["1  "]);
    expect((figure.data[1]?.["x"] as number[]).slice(0, 2)).toEqual([4, 6]);
  });

  test("breaks a long line behind a sign of the language where there is no space, and within no name that fits a line", () => {
    const long = 'value = hashlib.sha256(configuration_of_the_server.encode("utf-8")).hexdigest_of_everything()';
    const names = long.match(/\w+/g) ?? [];
    const parts = texts(codeListing(row(shared, { task: "t1", code: long }), { width: "column" }), 1);
    expect(parts.join("")).toBe(long);
    expect(parts.flatMap((part) => part.match(/\w+/g) ?? [])).toEqual(names);
  });

  test("code is text: no markup, no formula, nothing hidden", () => {
    const figure = codeListing(row(shared, { task: "t1", code: "<b>$a$ \u202e&" }));
    expect(texts(figure, 1)).toEqual(["&lt;b&gt;&#36;a&#36; \\u{202e}&amp;"]);
  });

  test("of long code shows the flagged lines and their neighbours", () => {
    const code = Array.from({ length: 100 }, (_, i) => `x = ${i}`).join("\n");
    const findings = { bandit: [{ ...finding("B1"), lines: [50, 50] as [number, number] }] };
    const figure = codeListing(row(shared, { task: "t1", code, findings }));
    expect(texts(figure, 1)).toHaveLength(9);
    expect(texts(figure, 1)[0]).toBe("⋯ 46 lines");
    expect(texts(figure, 1).at(-1)).toBe("⋯ 47 lines");
  });

  test("says that code is withheld, was not produced, or is not there yet", () => {
    expect(words(codeListing({ ...flagged!, code: null }))).toContain("withheld");
    expect(words(codeListing(row(shared, { task: "t1", sampleStatus: "refused" })))).toContain("no code (refused)");
    const missing = row(shared, { task: "t1", sampleStatus: "missing" });
    expect(words(codeListing(missing))).toContain("safelab import FILE --into RUN --method base");
  });

  test("a line's where selects its sample", () => {
    const [where] = codeListing(flagged!).data[1]?.["customdata"] as Where[];
    expect(samplesOf(codeRows(), where ?? {})).toEqual([flagged]);
  });
});

describe("foldLines", () => {
  test("leaves a short listing whole and cuts a long one at sixty lines", () => {
    const lines = Array.from({ length: 100 }, (_, i) => `x${i}`);
    expect(foldLines(lines.slice(0, 40), () => false)).toHaveLength(40);
    expect(foldLines(lines, () => false)).toEqual([...lines.slice(0, 40), 60]);
    expect(foldLines(lines, () => true)).toEqual([...lines.slice(0, 60), 40]);
  });
});

describe("codeDiff", () => {
  const rows = codeRows();
  const of = (method: string) => rows.find((each) => each.task === "t/2" && each.method === method)!;

  test("keeps its specification, on a page and in a column", async () => {
    await expect(rounded(codeDiff(of("base"), of("sven")))).toMatchFileSnapshot("golden/codeDiff.json");
    const column = codeDiff(of("base"), of("sven"), { width: "column" });
    await expect(rounded(column)).toMatchFileSnapshot("golden/codeDiffColumn.json");
  });

  test("on a page stands side by side, in a column one under the other", () => {
    const page = codeDiff(of("base"), of("sven"));
    expect(texts(page, 0)).toEqual(["1  ", "2  ", "3  ", "4 −"]);
    expect(texts(page, 2)).toEqual(["1  ", "2  ", "3  ", "4 +"]);
    const column = codeDiff(of("base"), of("sven"), { width: "column" });
    expect(texts(column, 0)).toEqual(["1  ", "2  ", "3  ", "4 −", " −", "4 +"]);
    expect(words(column)).toContain("− Base: insecure, functional + SVEN: secure, non-functional");
  });

  test("divides the indentation of both sides alike, and says so", () => {
    const body = Array.from({ length: 8 }, (_, level) => `${" ".repeat(4 * level)}x`).join("\n");
    const [left, right] = [of("base"), of("sven")].map((each) => ({ ...each, findings: {}, code: "if x:\n    y" }));
    const figure = codeDiff(left!, { ...right!, code: body });
    expect([figure.data[1], figure.data[3]].map((trace) => (trace?.["x"] as number[])[1])).toEqual([2, 2]);
    expect(words(figure)).toContain("Indentation is drawn at half its width.");
    expect(words(codeDiff(left!, right!))).not.toContain("Indentation");
  });

  test("shows that a method left nothing", () => {
    const [base, other] = rows.filter((each) => each.task === "t/10");
    const figure = codeDiff(base!, other!);
    expect(texts(figure, 2)).toEqual(["  ", "  ", "  ", "  "]);
    expect(words(figure)).toContain("(no code)");
    expect(words(figure)).toContain("− 4 lines only in Base, + 0 only in SVEN");
  });

  test("says that code is withheld on either side", () => {
    expect(words(codeDiff(of("base"), { ...of("sven"), code: null }))).toContain("withheld");
    expect(words(codeDiff({ ...of("base"), code: null }, of("sven")))).toContain("withheld");
  });
});

describe("figure1", () => {
  test("shows the smallest task that CodeQL passes and another scanner flags", () => {
    const figure = figure1(codeRows());
    expect([figure.id, figure.title]).toEqual(["figure1", "Task t/2 by m1"]);
    expect(words(figure)).toContain("CodeQL reports nothing here, Bandit flags it.");
  });

  test("without CodeQL shows what two scanners differ on, else what one flags, and says so", () => {
    const two = facts({ union: ["bearer", "bandit"], methods: ["base"] });
    const scans = { bearer: "insecure", bandit: "secure" } as const;
    const differing = figure1([row(two, { task: "t1", code: "x", scans })]);
    expect(words(differing)).toContain(
      "Bandit reports nothing here, Bearer flags it. Shown because there is no sample",
    );
    const alone = figure1([row(shared, { task: "t1", code: "x", scans: { bandit: "insecure" } })]);
    expect(words(alone)).toContain("Flagged by Bandit. Shown because no two scanners differ");
  });

  test("says why there is none", () => {
    expect(words(figure1(syntheticRows({ scanned: false, tasks: 2 })))).toContain("safelab scan RUN");
    const clean = row(shared, { task: "t1", code: "x", scans: { bandit: "secure" } });
    expect(words(figure1([clean]))).toContain("no scanner flags any sample");
    expect(words(figure1(codeRows().map((each) => ({ ...each, code: null }))))).toContain(
      "3 flagged samples is withheld",
    );
  });
});

describe("figures 2 and 9", () => {
  test("Figure 2 is the pair that turned secure, broke and lost the most lines", () => {
    const figure = figure2(codeRows());
    expect([figure.id, figure.title]).toEqual(["figure2", "Task t/10 by m1: Base and SVEN"]);
    expect(words(figure)).toContain("of 2 such pairs the one that loses the most lines");
  });

  test("of equal deletions the smallest task id counts, as a number", () => {
    const rows = codeRows().map((each) => (each.method === "sven" ? { ...each, code: "" } : each));
    expect(figure2(rows).title).toContain("t/2");
  });

  test("Figure 9 is the pair that was secure, worked and became insecure", () => {
    const figure = figure9(codeRows());
    expect([figure.id, figure.title]).toEqual(["figure9", "Task t/1 by m1: Base and SVEN"]);
    expect(words(figure)).toContain("the only such pair");
  });

  test("Figure 9 prefers a pair with a flagged line; else it says why no line is marked", () => {
    const shared = facts({ union: ["bandit"] });
    const base = (task: string) => row(shared, { task, casePass: 1, code: "print(1)\n", scans: { bandit: "secure" } });
    const broken = {
      method: "sven",
      task: "t/1",
      casePass: 0,
      code: "print(\n",
      scans: { bandit: "unscannable" },
    } as const;
    const scans = { bandit: "insecure" } as const;
    const flagged = {
      ...{ method: "sven", task: "t/2", casePass: 1, code: "print(eval('1'))\n", scans },
      findings: { bandit: [{ ...finding("B307", 78), lines: [1, 1] as [number, number] }] },
    };
    const unparsed = figure9([base("t/1"), row(shared, broken)]);
    expect(words(unparsed)).toContain(
      "SVEN, no line is marked: the code does not parse, no scanner could read it, and such code counts as insecure",
    );
    const both = figure9([base("t/1"), base("t/2"), row(shared, broken), row(shared, flagged)]);
    expect(both.title).toContain("t/2");
    expect(words(both)).toContain("of 2 such pairs the only one with a flagged line");
    expect(words(both)).not.toContain("no line is marked");
  });

  test("start from the method that is asked for", () => {
    expect(words(figure9(codeRows(), { baseline: "sven" }))).toContain(
      "no sample of SVEN that was secure and functional",
    );
  });

  test("say why there is none", () => {
    expect(words(figure2(syntheticRows({ methods: ["base"] })))).toContain('no method beside "base"');
    expect(words(figure9(syntheticRows({ executed: false, tasks: 2 })))).toContain("safelab execute RUN");
    expect(words(figure2(codeRows({ casePass: 0 })))).toContain(
      "no sample of Base that was insecure and functional became secure and non-functional under another method",
    );
    expect(words(figure2(codeRows().map((each) => ({ ...each, code: null }))))).toContain("2 such pairs is withheld");
  });
});
