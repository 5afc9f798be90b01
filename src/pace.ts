import type { Progress } from "./progress.js";

/** When a stage was first told of, in milliseconds of a clock that only goes forward, and how much of it was done then. */
export interface StageBegin {
  readonly at: number;
  readonly done: number;
}

/** Seconds as `42s` or `3m 05s`; what cannot be estimated yet is `…`. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (!Number.isFinite(whole)) return "…";
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m ${String(whole % 60).padStart(2, "0")}s`;
}

/** So many a second, e.g. `12/s`, or a minute where they are few: `4.2/min`. */
export function rateText(perSecond: number, what = ""): string {
  const [rate, unit] = perSecond >= 1 ? [perSecond, "s"] : [60 * perSecond, "min"];
  return `${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}${what}/${unit}`;
}

/** How fast a stage goes and how long it still takes, e.g. `4.2/min, 3m 05s left`; empty before any of it was done, without the time at its end. */
export function paceText(begin: StageBegin, { done, total }: Pick<Progress, "done" | "total">, now: number): string {
  const rate = (1000 * (done - begin.done)) / (now - begin.at);
  if (!Number.isFinite(rate) || rate <= 0) return "";
  return done >= total ? rateText(rate) : `${rateText(rate)}, ${durationText((total - done) / rate)} left`;
}
