import { availableParallelism, type CpuInfo, cpus } from "node:os";

/** What one processor has spent its time on, in ms since the machine started. */
export type CoreTimes = CpuInfo["times"];

/** How long processors are watched. */
const watchedMs = 400;

/** How much of a core others may use while it still counts as free: the machine's own housekeeping. */
const tolerated = 0.2;

/**
 * How many processors are idle now, by watching them for 0.4 s; at least 1, at most as many as this process may use. The load average
 * would still count what ended a minute ago, and not yet what has just begun.
 */
export async function freeCores(): Promise<number> {
  const before = cpus().map(({ times }) => times);
  await new Promise((resolve) => setTimeout(resolve, watchedMs));
  const after = cpus().map(({ times }) => times);
  return Math.min(availableParallelism(), Math.max(1, idleCores(before, after)));
}

/** How many of the processors' worth of time was idle between two readings. */
export function idleCores(before: readonly CoreTimes[], after: readonly CoreTimes[]): number {
  const idle = after.map((now, at) => {
    const then = before[at] ?? now;
    const spent =
      now.user + now.nice + now.sys + now.irq + now.idle - (then.user + then.nice + then.sys + then.irq + then.idle);
    return spent <= 0 ? 0 : (now.idle - then.idle) / spent;
  });
  return Math.floor(idle.reduce((sum, share) => sum + share, 0) + tolerated);
}
