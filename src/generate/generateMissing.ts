import { InterruptedError } from "../error.js";
import type { Progress, WorkOptions } from "../progress.js";
import type { Appender } from "../record/openAppender.js";
import type { Sample, SampleKey } from "../record/schema/sample.js";
import type { Study } from "../record/schema/study.js";
import type { Task } from "../task/task.js";
import { type Course, courseOf, nextStep, noteAnswer, noteFailure, type Patience } from "./courses.js";
import { generateSample, type MethodTools } from "./generateSample.js";
import type { OpenModel } from "./openModel.js";
import type { Configuration } from "./planGeneration.js";
import type { PromptTemplates } from "./promptTemplates.js";
import { reachKey } from "./reachOf.js";
import { wait } from "./wait.js";
import { type SamplesWatch, watchSamples } from "./watchSamples.js";

/** What generation works with once everything is open. */
export interface GenerationWork extends WorkOptions {
  readonly study: Study;
  /** Tasks by data set and id. */
  readonly tasks: ReadonlyMap<string, ReadonlyMap<string, Task>>;
  /** By `reachKey`. */
  readonly models: ReadonlyMap<string, OpenModel>;
  readonly tools: Omit<MethodTools, "tokens">;
  readonly appender: Appender<Sample>;
  readonly patience: Patience;
  /** The study's own prompt texts, where it names some. */
  readonly templates?: PromptTemplates;
}

/** What came of it. */
export interface GenerationOutcome {
  /** New samples by status. */
  readonly counts: Readonly<Record<string, number>>;
  /** Configurations that were given up, each with the last error, and whether it was waited for first. */
  readonly givenUp: readonly { readonly name: string; readonly error: string; readonly waited: boolean }[];
}

/** A configuration that is silent for so long is told of again. */
const tellMs = 1000;

/** A worker that waits looks again this often: another one may have brought a configuration back. */
const lookMs = 250;

/**
 * Generates the missing samples of all configurations: models side by side, the configurations of one model one after the other. A configuration
 * whose requests fail pauses, longer each time, while the others go on, and is given up when `patience` is at its end.
 * Anything but a failing endpoint (a full disk, a bug) ends the work; requests under way are ended first.
 *
 * @throws InterruptedError when `signal` was aborted.
 */
export async function generateMissing(
  configurations: readonly Configuration[],
  work: GenerationWork,
): Promise<GenerationOutcome> {
  const courses = configurations.map(courseOf);
  const watches = new Map(courses.map((course) => [course, watchSamples()]));
  const stopTelling = tellAgain(watches, work.onProgress);
  const broken = new AbortController();
  const signal = work.signal === undefined ? broken.signal : AbortSignal.any([work.signal, broken.signal]);
  let fault: Error | undefined;
  const worker = async (own: readonly Course[], model: OpenModel) => {
    try {
      while (!signal.aborted) {
        const step = nextStep(own, performance.now());
        if (step.kind === "over") return;
        if (step.kind === "wait") await wait(Math.min(step.ms, lookMs), signal);
        else await generateOne(step.course, step.key, { ...work, model, signal, watch: watches.get(step.course) });
      }
    } catch (error) {
      if (signal.aborted && error instanceof InterruptedError) return;
      fault ??= error instanceof Error ? error : new Error(String(error));
      broken.abort();
    }
  };
  const all = Promise.all(
    [...work.models].flatMap(([reach, model]) => {
      const own = courses.filter((course) => reachKey(course.model) === reach);
      return Array.from({ length: model.concurrency }, () => worker(own, model));
    }),
  );
  await all.finally(stopTelling);
  if (work.signal?.aborted === true) throw new InterruptedError("generation was stopped; what was done is kept");
  if (fault !== undefined) throw fault;
  return {
    counts: totals(courses),
    givenUp: courses
      .filter(({ isGivenUp }) => isGivenUp)
      .map(({ name, lastError, pause }) => ({ name, error: lastError, waited: pause !== undefined })),
  };
}

async function generateOne(
  course: Course,
  key: SampleKey,
  {
    study,
    tasks,
    model,
    tools,
    appender,
    templates,
    patience,
    signal,
    onProgress,
    watch,
  }: GenerationWork & { model: OpenModel; signal: AbortSignal; watch: SamplesWatch | undefined },
): Promise<void> {
  const task = tasks.get(key.dataset)?.get(key.task);
  if (task === undefined) throw new RangeError(`no task ${key.task} in ${key.dataset}`);
  const { method, options, model: reached } = course;
  const { endpoint, tokens, prefix } = model;
  // The pace counts from here.
  if (key === course.missing[0] && course.failed.size === 0) onProgress?.(stepOf(course));
  const seen = watch?.begin(key, performance.now());
  const making = generateSample(study, key, {
    ...{ task, method, options, endpoint, templates, signal, onRequest: (what: string) => seen?.request(what) },
    ...(reached.stops === undefined ? {} : { stops: reached.stops }),
    ...(prefix === undefined ? {} : { prefix }),
    tools: tokens === undefined ? tools : { ...tools, tokens },
  });
  const sample = await making.finally(() => seen?.end());
  await appender.append(sample);
  const before = course.pause?.until;
  if (sample.status === "endpointFailed") {
    const error = sample.rounds.at(-1)?.error ?? "no answer";
    noteFailure(course, key, { error, now: performance.now(), patience });
  } else noteAnswer(course, key, sample.status);
  const { pause, lastError } = course;
  const waiting = pause === undefined ? undefined : waitingFor(pause, lastError, patience);
  if (pause !== undefined && pause.until === before) return;
  const now = waiting === undefined ? watch?.text(performance.now()) : undefined;
  onProgress?.({
    ...stepOf(course),
    ...(waiting === undefined ? {} : { waiting }),
    ...(now === undefined ? {} : { now }),
  });
}

function stepOf({ name: stage, done, planned: total, counts }: Course): Progress {
  return { stage, done, total, counts: { ...counts } };
}

/** Tells what is under way in each configuration every second, whether or not a sample was finished. Returns what ends it. */
function tellAgain(watches: ReadonlyMap<Course, SamplesWatch>, onProgress: WorkOptions["onProgress"]): () => void {
  const timer = setInterval(() => {
    for (const [course, watch] of watches) {
      const now = watch.text(performance.now());
      if (now !== undefined) onProgress?.({ ...stepOf(course), now });
    }
  }, tellMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** What a pause is about, as progress tells it: the seconds count from its beginning. */
function waitingFor(
  { since, until }: NonNullable<Course["pause"]>,
  error: string,
  { limitMs }: Patience,
): NonNullable<Progress["waiting"]> {
  const now = performance.now();
  const next = Math.ceil((until - now) / 1000);
  return {
    what: `pauses, next try in ${next}s (${error.slice(0, 80)})`,
    limitSeconds: Math.max(0, Math.round((since + limitMs - now) / 1000)),
  };
}

function totals(courses: readonly Course[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { counts } of courses)
    for (const [status, count] of Object.entries(counts)) sum[status] = (sum[status] ?? 0) + count;
  return sum;
}
