import { expect, test } from "vitest";
import { type CaseRecord, reviewedCases } from "../../src/task/caseRecord.js";
import { casesIn, casesPrompt } from "../../src/generate/proposeCases.js";
import { casesToy } from "../execute/toyTasks.js";

const of = (name: string) => ({ schemaVersion: 1, dataset: "d", task: "t", case: name }) as const;
const made = (name: string, after: string): CaseRecord => ({
  ...of(name),
  ...{ event: "generated", model: "m", after, ms: 1, lines: [1] },
});
const by = { who: "ann", why: "too easy" };

test("struck and edited cases are counted apart, and generated is struck and kept together", () => {
  const { kept, counts } = reviewedCases([
    ...[made("1", "{'x': 1}"), made("2", "{'x': 2}"), made("3", "{'x': 3}")],
    { ...of("4"), event: "dropped", model: "m", before: "{'y': 1}", why: "it does not fit the arguments" },
    { ...of("1"), ...by, event: "struck", before: "{'x': 1}" },
    { ...of("2"), ...by, event: "edited", before: "{'x': 2}", after: "{'x': 20}" },
    { ...of("3"), ...by, event: "accepted", before: "{'x': 3}" },
  ]);
  expect(counts).toEqual({ generated: 3, struck: 1, edited: 1, kept: 2, dropped: 1 });
  expect(kept.get("t")).toEqual(["{'x': 20}", "{'x': 3}"]);
});

test("the last decision counts", () => {
  const { counts } = reviewedCases([
    made("1", "{}"),
    { ...of("1"), ...by, event: "struck", before: "{}" },
    { ...of("1"), ...by, event: "accepted", before: "{}" },
  ]);
  expect(counts).toMatchObject({ struck: 0, kept: 1 });
});

test("a decision on a case as it no longer stands is refused", () => {
  const stale: CaseRecord = { ...of("1"), ...by, event: "struck", before: "{'x': 2}" };
  expect(() => reviewedCases([made("1", "{'x': 1}"), stale])).toThrow(/case 1 of task t was {'x': 1}/);
  expect(() => reviewedCases([stale])).toThrow(/was not generated/);
});

test("inputs are found in a reply with words around them, as Python literals", () => {
  const { cases, rejected } = casesIn('Here:\n```json\n[{"x": null, "y": [true, "a\\"b"]}, 3]\n```');
  expect(cases).toEqual(['{"x": None, "y": [True, "a\\"b"]}']);
  expect(rejected).toEqual([{ text: "3", why: "no object of arguments" }]);
  expect(casesIn("I cannot.").rejected[0]?.why).toBe("the reply holds no JSON list");
});

test("the prompt shows the reference and the inputs that are there", () => {
  for (const text of [casesToy.reference.trim(), ...casesToy.cases]) expect(casesPrompt(casesToy, 3)).toContain(text);
});
