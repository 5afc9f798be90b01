import { afterEach, expect, test, vi } from "vitest";
import type { Bundle } from "../../src/notebook/kernelDisplay.js";
import { progressCell } from "../../src/notebook/progressCell.js";

const shown: Bundle[] = [];
let inKernel = true;
vi.mock(import("../../src/notebook/kernelDisplay.js"), async (original) => ({
  ...(await original()),
  kernelDisplay: () => (inKernel ? (bundle: Bundle) => void shown.push(bundle) : undefined),
}));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  shown.length = 0;
});

const text = () => shown.at(-1)?.["text/plain"];
const stage = { stage: "m codeguard", total: 2, counts: {} };

test("a cell moves with the steps of a sample and tells pace and time left; at the end it says the same every time", () => {
  inKernel = true;
  vi.useFakeTimers();
  const tell = progressCell("Generating");
  tell({ ...stage, done: 0, now: "demo-c02 1s: step 3 of up to 64" });
  vi.advanceTimersByTime(30_000);
  tell({ ...stage, done: 0, now: "demo-c02 31s: step 37 of up to 64" });
  expect(text()).toBe("Generating\nm codeguard 0/2: demo-c02 31s: step 37 of up to 64");
  expect(shown.at(-1)?.["text/html"]).toContain("step 37 of up to 64");
  vi.advanceTimersByTime(30_000);
  tell({ ...stage, done: 1, counts: { generated: 1 }, waiting: { what: "pauses" } });
  expect(text()).toBe("Generating\nm codeguard 1/2: generated 1; 1.0/min, 1m 00s left; pauses");
  tell({ ...stage, done: 2, counts: { generated: 2 } });
  expect(text()).toBe("Generating\nm codeguard 2/2: generated 2");
});

test("outside a kernel a slow sample is told of every minute", () => {
  inKernel = false;
  vi.useFakeTimers();
  const lines = vi.spyOn(console, "log").mockReturnValue();
  const tell = progressCell("Generating");
  for (let second = 0; second <= 120; second += 1) {
    tell({ ...stage, done: 0, now: `step ${second}` });
    vi.advanceTimersByTime(1000);
  }
  expect(lines.mock.calls.map(([line]) => String(line))).toEqual(
    [0, 60, 120].map((second) => `Generating: m codeguard 0/2: step ${second}`),
  );
});
