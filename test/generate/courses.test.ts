import { expect, test } from "vitest";
import { courseOf, nextStep, noteAnswer, noteFailure } from "../../src/generate/courses.js";
import { base } from "../../src/generate/methods/base.js";
import { StudyModel } from "../../src/record/schema/study.js";

const patience = { firstPauseMs: 100, limitMs: 1000 };
const key = (task: string) =>
  ({ dataset: "d", task, prompt: "nl", model: "m", method: "base", repeat: 0, index: 0 }) as const;
const made = (...tasks: readonly string[]) =>
  courseOf({
    ...{ name: "c", model: StudyModel.parse({ name: "m" }), method: base, options: undefined },
    ...{ planned: tasks.length, missing: tasks.map(key) },
  });
type Course = ReturnType<typeof made>;
/** The next step in short: the task, `wait ms` or `over`. */
const next = (courses: readonly Course[], now: number) => {
  const step = nextStep(courses, now);
  return step.kind === "sample" ? step.key.task : step.kind === "wait" ? `wait ${step.ms}` : "over";
};
const fail = (course: Course, task: string, now: number) =>
  noteFailure(course, key(task), { error: "HTTP 500", now, patience });

test("three failures in a row pause a configuration, another goes on, and after the pause one sample is tried", () => {
  const [one, two] = [made("a", "b", "c", "d"), made("x", "y")];
  const both = [one, two];
  for (const task of ["a", "b", "c"]) {
    expect(next(both, 0)).toBe(task);
    fail(one, task, 0);
  }
  expect(next(both, 0)).toBe("x");
  expect(next(both, 50)).toBe("y");
  expect(next(both, 60)).toBe("wait 40");
  expect(next(both, 100)).toBe("a");
  expect(next(both, 100)).toMatch(/^wait/);
  noteAnswer(one, key("a"), "generated");
  expect([next(both, 101), next(both, 101), next(both, 101), next(both, 101)]).toEqual(["b", "c", "d", "over"]);
  expect(one.counts).toEqual({ generated: 1, endpointFailed: 2 });
});

test("each further pause is twice as long, and at the limit the configuration is given up after a last try", () => {
  const one = made("a", "b", "c");
  for (const task of ["a", "b", "c"]) fail(one, String(next([one], 0) && task), 0);
  const tries: number[] = [];
  for (let now = 0; now <= 2000 && !one.isGivenUp; now += 10) {
    const step = nextStep([one], now);
    if (step.kind !== "sample") continue;
    tries.push(now);
    fail(one, step.key.task, now);
  }
  expect(tries).toEqual([100, 300, 700, 1000]);
  expect([one.isGivenUp, next([one], 2000), one.counts]).toEqual([true, "over", { endpointFailed: 3 }]);
});

test("failures with answers between them pause nothing and are left for the next call", () => {
  const one = made("a", "b", "c", "d", "e");
  for (const task of ["a", "b", "c", "d", "e"]) {
    expect(next([one], 0)).toBe(task);
    if (task === "c") noteAnswer(one, key(task), "generated");
    else fail(one, task, 0);
  }
  expect([next([one], 0), one.pause, one.counts]).toEqual(["over", undefined, { generated: 1, endpointFailed: 4 }]);
});

test("requests that were under way when the pause began do not lengthen it", () => {
  const one = made("a", "b", "c", "d");
  for (const task of ["a", "b", "c", "d"]) expect(next([one], 0)).toBe(task);
  for (const task of ["a", "b", "c"]) fail(one, task, 0);
  fail(one, "d", 90);
  expect(one.pause?.until).toBe(100);
  expect(next([one], 100)).toBe("a");
});

test.each([
  ["HTTP 401 no key", true],
  ["/completion: HTTP 400 too long", true],
  ["HTTP 429 slow down (after 5 attempts)", false],
  ["HTTP 503 loading", false],
  ["no connection (ECONNREFUSED)", false],
])("what no time heals is given up at once: %s", (error, isGivenUp) => {
  const one = made("a", "b", "c", "d");
  for (const task of ["a", "b", "c"]) {
    expect(next([one], 0)).toBe(task);
    noteFailure(one, key(task), { error, now: 0, patience });
  }
  expect(one.isGivenUp).toBe(isGivenUp);
});

test("without patience three failures give up at once", () => {
  const one = made("a", "b", "c", "d");
  for (const task of ["a", "b", "c"]) {
    expect(next([one], 0)).toBe(task);
    noteFailure(one, key(task), { error: "e", now: 0, patience: { ...patience, limitMs: 0 } });
  }
  expect([one.isGivenUp, next([one], 0)]).toEqual([true, "over"]);
});
