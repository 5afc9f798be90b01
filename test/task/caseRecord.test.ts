import { expect, test } from "vitest";
import { builtTasks } from "../../src/task/builtTasks.js";
import type { CaseRecord } from "../../src/task/caseRecord.js";
import { type CaseDecision, decideCase } from "../../src/task/decideCase.js";
import { reviewedCases } from "../../src/task/reviewedCases.js";
import { taskFacts } from "../../src/task/taskFacts.js";
import { casesSchema } from "../../src/generate/casesSchema.js";
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
  expect(counts).toEqual({ generated: 3, struck: 1, edited: 1, kept: 2, dropped: 1, open: 0 });
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

test("a server can be held to the arguments that are there, each of its types", () => {
  expect(casesSchema([{ a: "x", b: 1 }, { a: null }], 3)).toEqual({
    ...{ type: "array", minItems: 1, maxItems: 3 },
    items: {
      type: "object",
      properties: { a: { type: ["null", "string"] }, b: { type: ["integer"] } },
      required: ["a"],
      additionalProperties: false,
    },
  });
});

test("the prompt shows the reference and the inputs that are there", () => {
  for (const text of [casesToy.reference.trim(), ...casesToy.cases]) expect(casesPrompt(casesToy, 3)).toContain(text);
});

const two = [made("g1", "{'x': 1}"), made("g2", "{'x': 2}"), { ...made("g1", "{'x': 5}"), task: "other" }];
const because = (event: CaseDecision["event"]): CaseDecision => ({ event, ...by });

test("a decision is a record of its own, with who, why and what stood before and stands after", () => {
  expect(decideCase(two, { case: "g2" }, because("struck"))).toEqual({
    ...{ ...of("g2"), event: "struck", who: "ann", why: "too easy", before: "{'x': 2}" },
  });
  const edited = { text: "{'x': 9}", ms: 2, lines: [1, 3] };
  expect(decideCase(two, { case: "g1", task: "t" }, because("edited"), edited)).toMatchObject({
    ...{ event: "edited", before: "{'x': 1}", after: "{'x': 9}", lines: [1, 3] },
  });
});

test.each([
  ["an unknown case", { case: "g7", task: "t" }, because("struck"), /no case "g7": there are g1, g2/],
  ["an unknown task", { case: "g1", task: "u" }, because("struck"), /no case was generated for task "u": .*t, other/],
  ["a case of two tasks", { case: "g1" }, because("struck"), /several tasks have a case "g1" \(t, other\).*--task/],
  ["an empty reason", { case: "g2" }, { ...because("struck"), why: " " }, /--why is empty/],
  ["nobody", { case: "g2" }, { ...because("struck"), who: "" }, /--who is empty/],
])("a decision is refused: %s", (_, name, decision, words) => {
  expect(() => decideCase(two, name, decision)).toThrow(words);
});

test("a struck case is neither struck again nor edited; accepting takes the strike back", () => {
  const struck = [...two, decideCase(two, { case: "g2" }, because("struck"))];
  const edited = { text: "{}", ms: 1, lines: [] };
  expect(() => decideCase(struck, { case: "g2" }, because("struck"))).toThrow(
    /struck already \(ann: too easy\).*--accept/,
  );
  expect(() => decideCase(struck, { case: "g2" }, because("edited"), edited)).toThrow(/struck already/);
  const back = [...struck, decideCase(struck, { case: "g2" }, because("accepted"))];
  expect(reviewedCases(back).counts).toMatchObject({ struck: 0, kept: 3, open: 2 });
});

test("an edit that changes nothing is refused", () => {
  expect(() => decideCase(two, { case: "g2" }, because("edited"), { text: "{'x': 2}", ms: 1, lines: [] })).toThrow(
    /nothing was edited/,
  );
});

test("reviewed cases stand behind the task's own ones, and the counts become the task's facts", () => {
  const records = two.slice(0, 2).map((each) => ({ ...each, task: casesToy.id }));
  const struck = decideCase(records, { case: "g1" }, because("struck"));
  const [task] = builtTasks([casesToy], [...records, struck], "mine");
  const built = { generated: 2, struck: 1, edited: 0, kept: 1 };
  expect(task).toMatchObject({ dataset: "mine", cases: [...casesToy.cases, "{'x': 2}"], built });
  if (task === undefined) throw new Error("no task");
  expect(taskFacts(task, 4)).toMatchObject({ dataset: "mine", cases: 4, built });
});
