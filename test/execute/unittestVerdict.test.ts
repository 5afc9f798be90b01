import { expect, test } from "vitest";
import type { WorkerRun } from "../../src/execute/runWorker.js";
import { unittestVerdict } from "../../src/execute/unittestVerdict.js";
import type { UnittestEvent } from "../../src/execute/workerEvents.js";

const names = ["test_a", "test_b"];
const exit = { event: "exit", code: 0, signal: null, memory: false, tooMuch: false, peakMiB: 1, cpuMs: 1 } as const;
const start = (name: string): UnittestEvent => ({ event: "start", name });
const end = (name: string, outcome: "passed" | "failed" | "skipped" = "passed"): UnittestEvent => ({
  event: "end",
  name,
  outcome,
  message: "",
  ms: 1,
});
const whole = [start("test_a"), end("test_a"), start("test_b"), end("test_b"), { event: "done" }, exit] as const;
const verdict = (events: readonly UnittestEvent[], more: Partial<WorkerRun<UnittestEvent>> = {}) =>
  unittestVerdict(names, { events, broken: "", lost: "", timedOut: false, output: "", ms: 1, ...more });

test("exactly the known cases, all passed, a whole report and a clean end: passed", () => {
  expect(verdict(whole).status).toBe("passed");
});

test("a skipped case is not passed", () => {
  const skipped = whole.map((event) =>
    event.event === "end" && event.name === "test_b" ? end("test_b", "skipped") : event,
  );
  expect(verdict(skipped)).toMatchObject({ status: "failed", cases: [{ outcome: "passed" }, { outcome: "skipped" }] });
});

test.each([
  ["a case is missing", whole.filter((event) => !("name" in event && event.name === "test_b"))],
  ["a case is told twice", [...whole.slice(0, 4), end("test_b"), ...whole.slice(4)]],
  ["an unknown case is told", [...whole.slice(0, 4), end("test_c"), ...whole.slice(4)]],
  ["the process ended with another exit code", [...whole.slice(0, 5), { ...exit, code: 1 }]],
  ["the process was killed after its report", [...whole.slice(0, 5), { ...exit, code: null, signal: "SIGKILL" }]],
  ["the harness saw a change", [{ event: "tampered", reason: "len was changed" }, exit]],
] as [string, UnittestEvent[]][])("where %s, it is tampered", (_, events) => {
  expect(verdict(events).status).toBe("tampered");
});

test("a report that cannot be trusted is tampered", () => {
  expect(verdict(whole, { broken: "something else wrote on the channel" }).status).toBe("tampered");
});

test("cases that ended before the time was over keep their outcome", () => {
  const { status, cases } = verdict([start("test_a"), end("test_a"), start("test_b")], {
    timedOut: true,
  });
  expect(status).toBe("timedOut");
  expect(cases.map(({ outcome }) => outcome)).toEqual(["passed", "timedOut"]);
});

test("an end without a report is a crash that names its signal or exit code", () => {
  expect(verdict([start("test_a"), { ...exit, code: null, signal: "SIGSEGV" }])).toMatchObject({
    status: "crashed",
    reason: "killed by SIGSEGV",
    cases: [{ outcome: "errored" }, { outcome: "notReached" }],
  });
  expect(verdict([exit])).toMatchObject({ status: "crashed", reason: "ended with exit code 0 before its report" });
  expect(verdict([], { lost: "its keeper was ended" })).toMatchObject({
    status: "crashed",
    reason: "its keeper was ended",
  });
});

test("code that does not load has failed", () => {
  const events: UnittestEvent[] = [
    { event: "notLoaded", reason: "the sample did not load: SyntaxError" },
    { event: "done" },
    exit,
  ];
  expect(verdict(events)).toMatchObject({ status: "failed", reason: "the sample did not load: SyntaxError" });
});
