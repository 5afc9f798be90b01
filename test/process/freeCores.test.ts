import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { type CoreTimes, freeCores, idleCores } from "../../src/process/freeCores.js";

const none: CoreTimes = { user: 1000, nice: 1000, sys: 1000, irq: 0, idle: 1000 };
const spent = (change: Partial<CoreTimes>): CoreTimes => ({ ...none, ...change });
const idle = spent({ idle: 1400 });
const busy = spent({ user: 1300, sys: 1100 });
const polite = spent({ nice: 1400 });
const half = spent({ user: 1200, idle: 1200 });

test.each([
  ["all idle", [idle, idle], 2],
  ["a little of one used by the machine itself", [idle, spent({ user: 1040, idle: 1360 })], 2],
  ["one busy", [idle, busy], 1],
  ["one busy with what gives way to others", [polite, idle], 1],
  ["two half busy", [half, half], 1],
  ["all busy", [busy, busy], 0],
  ["not watched long enough to tell", [none, none], 0],
])("cores are free as far as they were idle while watched: %s", (_what, after, free) => {
  expect(idleCores([none, none], after)).toBe(free);
});

test("at least one core counts as free, at most those that this process may use", async () => {
  const free = await freeCores();
  expect(free).toBeGreaterThanOrEqual(1);
  expect(free).toBeLessThanOrEqual(availableParallelism());
});
