import { afterEach, expect, test, vi } from "vitest";
import { terminalProgress, waitingText } from "../../src/cli/terminalProgress.js";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("what is waited for is named with the seconds so far and the time-out", () => {
  expect(waitingText({ what: "batch 1 of 6", limitSeconds: 1900 }, 35)).toBe("batch 1 of 6: 35s, given up at 31m 40s");
  expect(waitingText({ what: "batch 1 of 6" }, 65)).toBe("batch 1 of 6: 1m 05s");
});

test("where nothing moves, a scanner that stays silent is told of once a minute until its batch ends", () => {
  vi.useFakeTimers();
  const lines = vi.spyOn(console, "error").mockReturnValue();
  const progress = terminalProgress();
  const step = { stage: "scan codeql", done: 0, total: 300, counts: {} };
  progress.onProgress({ ...step, waiting: { what: "batch 1 of 2", limitSeconds: 1900 } });
  vi.advanceTimersByTime(125_000);
  expect(lines.mock.calls.map(([line]) => String(line).replace(/ {2,}/g, " "))).toEqual([
    " scan codeql 0/300 batch 1 of 2: 1m 00s, given up at 31m 40s",
    " scan codeql 0/300 batch 1 of 2: 2m 00s, given up at 31m 40s",
  ]);
  progress.onProgress({ ...step, done: 300, counts: { secure: 300 } });
  progress.close();
  vi.advanceTimersByTime(600_000);
  expect(lines).toHaveBeenCalledTimes(3);
});

test("where nothing moves, long work tells how far it is once a minute", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  const lines = vi.spyOn(console, "error").mockReturnValue();
  const progress = terminalProgress();
  for (let done = 1; done <= 13; done += 1) {
    progress.onProgress({ stage: "judge fair", done, total: 20, counts: { secure: done } });
    vi.advanceTimersByTime(10_000);
  }
  progress.close();
  expect(lines.mock.calls.map(([line]) => String(line).replace(/ {2,}/g, " "))).toEqual([
    " judge fair 6/20 secure 6 5.0/min, 2m 48s left",
    " judge fair 12/20 secure 12 5.5/min, 1m 27s left",
  ]);
});

test("where nothing moves, a stage whose first sample takes long tells once a minute what is under way, and one that is over does not", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  const lines = vi.spyOn(console, "error").mockReturnValue();
  const progress = terminalProgress();
  progress.onProgress({ stage: "given up", done: 1, total: 2, counts: { endpointFailed: 1 } });
  for (let step = 1; step <= 130; step += 1) {
    progress.onProgress({ stage: "m codeguard", done: 0, total: 2, counts: {}, now: `demo-c02: step ${step} of 300` });
    vi.advanceTimersByTime(1000);
  }
  progress.close();
  expect(lines.mock.calls.map(([line]) => String(line).replace(/ {2,}/g, " "))).toEqual([
    " m codeguard 0/2 demo-c02: step 60 of 300",
    " m codeguard 0/2 demo-c02: step 120 of 300",
  ]);
});
