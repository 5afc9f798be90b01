import { createHash } from "node:crypto";
import { Duplex } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defaultLimits } from "../../src/execute/defaultLimits.js";
import { exchange } from "../../src/execute/exchange.js";
import type { WorkerRequest } from "../../src/execute/workerRequest.js";

const request: WorkerRequest = {
  ...{ style: "cases", setup: "", code: "", entryPoint: "f", cases: [], keep: false, limits: defaultLimits },
};

/** A socket whose other end is the test. */
function channel() {
  const written: string[] = [];
  const socket = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => {
      written.push(chunk.toString());
      done();
    },
  });
  const lines: string[] = [];
  const say = async (event: object) => {
    const line = `${JSON.stringify(event)}\n`;
    lines.push(line);
    socket.push(line);
    await vi.advanceTimersByTimeAsync(1);
  };
  /** What a keeper answers when its sample has ended. */
  const seal = async (over = lines) => {
    await say({ event: "ended" });
    const hash = createHash("sha256")
      .update([...over].join(""))
      .digest("hex");
    await say({ event: "seal", secret: written.at(-1)?.trim(), hash });
  };
  return { socket, say, seal, lines };
}

const told = { event: "output", text: "hi", ms: 5, timedOut: false };

function begin() {
  const { socket, ...keeper } = channel();
  const [kill, destroy, onState] = [vi.fn(), vi.fn(), vi.fn()];
  const result = exchange(request, { channel: socket, kill, destroy, onState });
  return { ...keeper, socket, kill, destroy, onState, result };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a sealed report is believed, with what the sample printed", async () => {
  const { say, seal, result, kill } = begin();
  for (const event of ["ready", "started"]) await say({ event });
  await say({ event: "done" });
  await say(told);
  await seal();
  await say({ event: "gone", reason: "exit code 0" });
  const events = [{ event: "done" }];
  expect(await result).toEqual({ kind: "report", events, broken: "", timedOut: false, output: "hi", ms: 5 });
  expect(kill).not.toHaveBeenCalled();
});

test.each([
  ["a line too many", (lines: string[]) => [...lines, '{"event":"end"}\n']],
  ["a line too few", (lines: string[]) => lines.slice(1)],
])("a seal over %s is none", async (_, change) => {
  const { say, seal, result, lines } = begin();
  await say({ event: "ready" });
  await say(told);
  await seal(change(lines));
  await say({ event: "gone", reason: "exit code 0" });
  expect(await result).toMatchObject({ kind: "report", broken: expect.stringContaining("something else") as string });
});

test("what is no line of the harness's breaks the report and ends the sample", async () => {
  const { say, socket, result, kill } = begin();
  socket.push("PASSED\n");
  await say({ event: "gone", reason: "SIGKILL" });
  expect(await result).toMatchObject({ kind: "report", broken: expect.stringContaining("something else") as string });
  expect(kill).toHaveBeenCalled();
});

test("without a seal nothing is known, however much was told", async () => {
  const { say, result } = begin();
  for (const event of ["ready", "started", "done"]) await say({ event });
  await say(told);
  await say({ event: "gone", reason: "SIGKILL" });
  expect(await result).toEqual({ kind: "fault", reason: "ended without its report, SIGKILL" });
});

test("a keeper that is late is ended from outside, and its sample has timed out", async () => {
  const { say, result, kill } = begin();
  for (const event of ["ready", "started"]) await say({ event });
  await vi.advanceTimersByTimeAsync(defaultLimits.wallSeconds * 1000);
  expect(kill).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(500);
  expect(kill).toHaveBeenCalled();
  await say({ event: "gone", reason: "SIGKILL" });
  expect(await result).toMatchObject({ kind: "report", timedOut: true, events: [] });
});

test("a keeper that sets up for a minute is ended, and the worker with it when that does not help: no verdict", async () => {
  const { result, kill, destroy, socket } = begin();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(kill).toHaveBeenCalled();
  expect(destroy).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(5000);
  expect(destroy).toHaveBeenCalled();
  socket.destroy();
  expect(await result).toEqual({ kind: "fault", reason: "ended before it was ready" });
});

test("what the keeper says of the sample's state is passed on", async () => {
  const { say, onState, result } = begin();
  for (const event of ["asleep", "awake", "heavy"]) await say({ event });
  expect(onState.mock.calls).toEqual([["asleep"], ["awake"], ["heavy"]]);
  await say({ event: "gone", reason: "" });
  await result;
});
