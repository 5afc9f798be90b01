import { expect, test } from "vitest";
import { casesVerdict } from "../../src/execute/casesVerdict.js";
import { leftOutIn, leftOutText } from "../../src/record/leftOutCases.js";

const undecided = [
  leftOutText({ count: 2, of: 5, why: "the reference's result is not plain data" }),
  leftOutText({ count: 1, of: 5, why: "the reference gives another result every time" }),
].join("; ");
const reference = {
  values: new Map([1, 4].map((index) => [index, { t: "none" } as never] as const)),
  undecided,
};
const run = { events: [], broken: "", lost: "", timedOut: false, output: "", ms: 1 };

test("every verdict tells how many cases the reference cannot decide, so that the others are known", () => {
  const verdicts = [
    run,
    { ...run, timedOut: true },
    { ...run, lost: "its keeper ended" },
    { ...run, broken: "no report" },
  ].map((each) => casesVerdict(each, reference, "type"));
  expect(verdicts.map(({ status, reason }) => [status, leftOutIn(reason, 5)])).toEqual([
    ["crashed", 3],
    ["timedOut", 3],
    ["crashed", 3],
    ["tampered", 3],
  ]);
  expect(verdicts[3]?.reason).toMatch(/^no report; 2 of 5 cases left out: /);
  expect(verdicts[0]?.cases.map(({ name }) => name)).toEqual(["case 2", "case 5"]);
});

test("a verdict on a task whose cases are all decided says nothing of left-out ones", () => {
  expect(casesVerdict(run, { ...reference, undecided: "" }, "type").reason).toBe("no end was reported");
});
