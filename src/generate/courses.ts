import type { SampleKey, SampleStatus } from "../record/schema/sample.js";
import type { Configuration } from "./planGeneration.js";

/** How long a configuration whose requests fail waits for its server. */
export interface Patience {
  /** The first pause; each further one is twice as long, a minute at most. 5 s unless told. */
  readonly firstPauseMs: number;
  /** Time from the first pause after which the configuration is given up; 0 gives it up at once. 10 min unless told. */
  readonly limitMs: number;
}

export const defaultPatience: Patience = { firstPauseMs: 5_000, limitMs: 600_000 };
const longestPauseMs = 60_000;

/** Failures in a row after which a configuration pauses. */
const failuresBeforePause = 3;

/** The way of one configuration through its missing samples. */
export interface Course extends Configuration {
  readonly counts: Partial<Record<SampleStatus, number>>;
  /** The next of `missing`. */
  at: number;
  /** Samples that failed before or in a pause; they are tried again first. */
  readonly again: SampleKey[];
  /** Samples that failed since the last that did not. */
  streak: SampleKey[];
  /** Failed samples as they stand, by their keys as text. */
  readonly failed: Set<string>;
  done: number;
  lastError: string;
  pause?: { readonly since: number; readonly until: number; readonly ms: number; isTrying: boolean };
  isGivenUp: boolean;
}

/** The beginning of a configuration's way. */
export function courseOf(configuration: Configuration): Course {
  return {
    ...configuration,
    ...{ counts: {}, at: 0, again: [], streak: [], failed: new Set(), lastError: "", isGivenUp: false },
    done: configuration.planned - configuration.missing.length,
  };
}

/** What a worker does next: a sample, a wait, or nothing more. */
export type NextStep =
  | { readonly kind: "sample"; readonly course: Course; readonly key: SampleKey }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "over" };

/**
 * The next sample of the first configuration that does not pause. When a pause is over one sample is tried, and the others wait for what becomes of it.
 *
 * @param now milliseconds of a clock that only goes forward
 */
export function nextStep(courses: readonly Course[], now: number): NextStep {
  let ms = Infinity;
  for (const course of courses) {
    const { pause, isGivenUp, again, missing } = course;
    if (isGivenUp || (again.length === 0 && course.at >= missing.length)) continue;
    if (pause !== undefined && (pause.isTrying || now < pause.until)) {
      // The one that tries will tell; until then there is no time to wait for.
      ms = Math.min(ms, pause.isTrying ? longestPauseMs : pause.until - now);
      continue;
    }
    const key = again.shift() ?? missing[course.at++];
    if (key === undefined) continue;
    if (pause !== undefined) pause.isTrying = true;
    return { kind: "sample", course, key };
  }
  return ms === Infinity ? { kind: "over" } : { kind: "wait", ms };
}

/** Whether time may heal a failure: a server that refuses a request as such (HTTP 400, 401, 404) refuses it later as well. */
function mayPass(error: string): boolean {
  return !/^(?:\/\S+: )?HTTP 4(?!08|09|25|29)\d\d\b/.test(error);
}

const textOf = (key: SampleKey) => JSON.stringify([key.dataset, key.task, key.prompt, key.repeat, key.index]);

function count(course: Course, status: SampleStatus, by: 1 | -1): void {
  const sum = (course.counts[status] ?? 0) + by;
  if (sum === 0) delete course.counts[status];
  else course.counts[status] = sum;
}

/** Notes a sample that has an answer: a pause ends, and what failed in it is tried again. */
export function noteAnswer(course: Course, key: SampleKey, status: SampleStatus): void {
  if (course.failed.size > 0 && course.failed.delete(textOf(key))) count(course, "endpointFailed", -1);
  count(course, status, 1);
  course.done += 1;
  course.streak = [];
  delete course.pause;
}

/** Notes a sample whose request failed: it pauses its configuration, lengthens the pause, or gives it up. */
export function noteFailure(
  course: Course,
  key: SampleKey,
  { error, now, patience }: { error: string; now: number; patience: Patience },
): void {
  if (!course.failed.has(textOf(key))) {
    course.failed.add(textOf(key));
    count(course, "endpointFailed", 1);
  }
  course.lastError = error;
  const { pause } = course;
  // Requests that were under way when the pause began.
  if (pause !== undefined && !pause.isTrying) {
    course.again.push(key);
    return;
  }
  course.streak.push(key);
  if (pause === undefined && course.streak.length < failuresBeforePause) return;
  const since = pause?.since ?? now;
  const left = since + patience.limitMs - now;
  if (left <= 0 || !mayPass(error)) {
    course.isGivenUp = true;
    return;
  }
  course.again.unshift(...course.streak);
  course.streak = [];
  const ms = pause === undefined ? patience.firstPauseMs : Math.min(2 * pause.ms, longestPauseMs);
  course.pause = { since, ms, until: now + Math.min(ms, left), isTrying: false };
}
