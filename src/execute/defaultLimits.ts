import type { Limits } from "../record/schema/execution.js";

/**
 * Bounds where samples use large libraries. The wall time is half of what BigCodeBench's own evaluator waits; its 30 GiB of memory are more
 * than many machines have.
 */
export const libraryLimits: Limits = {
  wallSeconds: 120,
  cpuSeconds: 120,
  memoryMib: 8192,
  processes: 256,
  fileMib: 256,
  outputKib: 64,
};

/** Bounds of one execution where a study names no others. */
export const defaultLimits: Limits = {
  wallSeconds: 10,
  cpuSeconds: 10,
  memoryMib: 1024,
  processes: 32,
  fileMib: 16,
  outputKib: 64,
};
