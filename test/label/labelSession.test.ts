import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openLabelSession, type SessionOptions } from "../../src/label/labelSession.js";
import { openRunAt } from "../../src/record/openRun.js";
import { drawBase, historyOf, labelOf, labelRun } from "./labelRun.js";

const ada: SessionOptions = { question: "security", annotator: "ada", role: "annotator" };
const eve: SessionOptions = { question: "security", annotator: "eve", role: "adjudicator" };
const given = (value: string, note = "") => ({ value, note, cwe: [], lines: [], seconds: 3 });
const drawn = async (count: number, files = {}) => {
  const folder = await labelRun(count, files);
  await drawBase(folder);
  return folder;
};

test.each([
  ["tasks.jsonl", /t02.*: the study does not plan it; name it in run\.json again/],
  ["samples.jsonl", /t02.*: there is none: run `safelab generate /],
])("a drawn sample that is gone from %s is named with what to do", async (name, words) => {
  const folder = await drawn(3);
  const file = join(folder, name);
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => !line.includes('"task":"t02"'));
  await writeFile(file, lines.join("\n"));
  await expect(openLabelSession(folder, ada)).rejects.toThrow(words);
});

describe("a session", () => {
  test("writes every answer down and goes on where it was after it was closed", async () => {
    const folder = await drawn(3);
    const first = await openLabelSession(folder, ada);
    expect([first.total, first.open(0)]).toEqual([3, 0]);
    expect(await first.give(0, 0, given("secure", "fine"))).toBe(true);
    expect(first.open(1)).toBe(1);
    await first.close();
    const again = await openLabelSession(folder, ada);
    expect([again.answered(), again.open(0)]).toEqual([1, 1]);
    expect(again.at(0)?.given).toMatchObject({ value: "secure", note: "fine", seconds: 3 });
    await again.close();
    const labels = (await openRunAt(folder)).rows.flatMap((row) => row.labels);
    expect(labels).toMatchObject([{ annotator: "ada", role: "annotator", value: "secure" }]);
  });

  test("does not let a second window overwrite an answer that it has not seen", async () => {
    const session = await openLabelSession(await drawn(2), ada);
    const [one, two] = await Promise.all([session.give(0, 0, given("secure")), session.give(0, 0, given("insecure"))]);
    expect([one, two]).toEqual([true, false]);
    expect(session.at(0)).toMatchObject({ given: { value: "secure" }, version: 1 });
    expect(await session.give(0, 1, given("insecure"))).toBe(true);
    await session.close();
  });

  test("takes answers back one by one, to what was said before, and the history stays", async () => {
    const folder = await drawn(2);
    const session = await openLabelSession(folder, ada);
    await session.give(0, 0, given("secure"));
    await session.give(0, 1, given("insecure"));
    await session.give(1, 0, given("cannotTell"));
    expect(await session.undo()).toBe(1);
    expect(session.at(1)?.given).toBeUndefined();
    expect(await session.undo()).toBe(0);
    expect(session.at(0)?.given?.value).toBe("secure");
    expect(await session.undo()).toBe(0);
    expect(await session.undo()).toBeUndefined();
    await session.close();
    expect((await historyOf(folder)).map(({ value }) => value)).toEqual([
      ...["secure", "insecure", "cannotTell"],
      ...[null, "secure", null],
    ]);
    const again = await openLabelSession(folder, ada);
    expect(again.answered()).toBe(0);
    await again.close();
  });

  test("each annotator has an order of their own, which stays when more is drawn", async () => {
    const folder = await labelRun(12);
    await drawBase(folder, { n: 6, seed: 1 });
    const order = async (annotator: string) => {
      const session = await openLabelSession(folder, { ...ada, annotator });
      const tasks = Array.from({ length: session.total }, (_, i) => session.at(i)?.item.row.task);
      await session.close();
      return tasks;
    };
    const before = await order("ada");
    expect([...(await order("ben"))].sort()).toEqual([...before].sort());
    expect(await order("ben")).not.toEqual(before);
    await drawBase(folder, { n: 12, seed: 2 });
    const after = await order("ada");
    expect(after.slice(0, 6)).toEqual(before);
    expect(after).toHaveLength(12);
  });

  test("only one at a time writes the labels of one person", async () => {
    const folder = await drawn(2);
    const session = await openLabelSession(folder, ada);
    await expect(openLabelSession(folder, ada)).rejects.toThrow(/labels\.ada\.jsonl is in use by process/);
    const other = await openLabelSession(folder, { ...ada, annotator: "ben" });
    await other.close();
    await session.close();
  });

  test("refuses names that would leave the run folder, unknown questions, and a run without a draw", async () => {
    const folder = await labelRun(2);
    for (const annotator of ["../ada", "a/b", "..", "", "a b", "x".repeat(65)])
      await expect(openLabelSession(folder, { ...ada, annotator })).rejects.toThrow("is no name of an annotator");
    await expect(openLabelSession(folder, { ...ada, question: "beauty" })).rejects.toThrow('no question "beauty"');
    await expect(openLabelSession(folder, ada)).rejects.toThrow("run `safelab label new");
  });
});

describe("an adjudicator", () => {
  const files = {
    "labels.ada.jsonl": [labelOf("t01", "ada", "insecure"), labelOf("t02", "ada", "secure")],
    "labels.ben.jsonl": [labelOf("t01", "ben", "secure"), labelOf("t02", "ben", "secure")],
  };

  test("sees only what annotators differ on, and decides it", async () => {
    const folder = await drawn(3, files);
    const session = await openLabelSession(folder, eve);
    expect(session.total).toBe(1);
    expect(session.at(0)?.item.row.task).toBe("t01");
    await session.give(0, 0, given("insecure", "shell"));
    await session.close();
    expect((await historyOf(folder)).at(-1)).toMatchObject({ annotator: "eve", role: "adjudicator", task: "t01" });
  });

  test("is none of the annotators, and no annotator afterwards", async () => {
    const folder = await drawn(3, files);
    await expect(openLabelSession(folder, { ...eve, annotator: "ada" })).rejects.toThrow(
      "ada is an annotator of security already: a third person decides, give another name",
    );
    const session = await openLabelSession(folder, eve);
    await session.give(0, 0, given("secure", "why"));
    await session.close();
    await expect(openLabelSession(folder, { ...eve, role: "annotator" })).rejects.toThrow("eve is an adjudicator");
  });
});
