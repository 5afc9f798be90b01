import type { Limits } from "../record/schema/execution.js";

/** Bounds of one execution where a study names no others. */
export const defaultLimits: Limits = {
  wallSeconds: 10,
  cpuSeconds: 10,
  memoryMib: 1024,
  processes: 32,
  fileMib: 16,
  outputKib: 64,
};
