import pMap from "p-map";
import { InterruptedError } from "../error.js";
import type { WorkOptions } from "../progress.js";
import type { Appender } from "../record/openAppender.js";
import type { Sample, SampleKey } from "../record/schema/sample.js";
import type { Study } from "../record/schema/study.js";
import type { Task } from "../task/task.js";
import { generateSample, type MethodTools } from "./generateSample.js";
import type { OpenModel } from "./openModel.js";
import type { Configuration } from "./planGeneration.js";
import type { PromptTemplates } from "./promptTemplates.js";
import { reachKey } from "./reachOf.js";

/** What generation works with once everything is open. */
export interface GenerationWork extends WorkOptions {
  readonly study: Study;
  /** Tasks by data set and id. */
  readonly tasks: ReadonlyMap<string, ReadonlyMap<string, Task>>;
  /** By `reachKey`. */
  readonly models: ReadonlyMap<string, OpenModel>;
  readonly tools: Omit<MethodTools, "tokens">;
  readonly appender: Appender<Sample>;
  /** The study's own prompt texts, where it names some. */
  readonly templates?: PromptTemplates;
}

/** What came of it. */
export interface GenerationOutcome {
  /** New samples by status. */
  readonly counts: Readonly<Record<string, number>>;
  /** Configurations that were given up, each with the last error. */
  readonly givenUp: readonly { readonly name: string; readonly error: string }[];
}

/** Failures in a row after which a configuration is given up. */
const patience = 3;

interface Course extends Configuration {
  readonly counts: Record<string, number>;
  done: number;
  failuresInRow: number;
  lastError: string;
}

/**
 * Generates the missing samples of all configurations: models side by side, the configurations of one model one after the other.
 * Anything but a failing endpoint (a full disk, a bug) ends the work; requests under way are ended first.
 *
 * @throws InterruptedError when `signal` was aborted.
 */
export async function generateMissing(
  configurations: readonly Configuration[],
  work: GenerationWork,
): Promise<GenerationOutcome> {
  const courses = configurations.map((configuration): Course => ({
    ...configuration,
    ...{ counts: {}, failuresInRow: 0, lastError: "" },
    done: configuration.planned - configuration.missing.length,
  }));
  const broken = new AbortController();
  const signal = work.signal === undefined ? broken.signal : AbortSignal.any([work.signal, broken.signal]);
  let fault: Error | undefined;
  const one = async (course: Course, key: SampleKey, model: OpenModel) => {
    if (signal.aborted || course.failuresInRow >= patience) return;
    try {
      await generateOne(course, key, { ...work, model, signal });
    } catch (error) {
      fault ??= error instanceof Error ? error : new Error(String(error));
      broken.abort();
    }
  };
  await Promise.all(
    [...work.models].map(([reach, model]) => {
      const own = courses.filter((course) => reachKey(course.model) === reach);
      const jobs = own.flatMap((course) => course.missing.map((key) => ({ course, key })));
      return pMap(jobs, ({ course, key }) => one(course, key, model), { concurrency: model.concurrency });
    }),
  );
  if (work.signal?.aborted === true) throw new InterruptedError("generation was stopped; what was done is kept");
  if (fault !== undefined) throw fault;
  return {
    counts: totals(courses),
    givenUp: courses
      .filter((course) => course.failuresInRow >= patience)
      .map(({ name, lastError }) => ({ name, error: lastError })),
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
    signal,
    onProgress,
  }: GenerationWork & { model: OpenModel; signal: AbortSignal },
): Promise<void> {
  const task = tasks.get(key.dataset)?.get(key.task);
  if (task === undefined) throw new RangeError(`no task ${key.task} in ${key.dataset}`);
  const { method, options, model: reached } = course;
  const { endpoint, tokens, prefix } = model;
  const sample = await generateSample(study, key, {
    ...{ task, method, options, endpoint, templates, signal },
    ...(reached.stops === undefined ? {} : { stops: reached.stops }),
    ...(prefix === undefined ? {} : { prefix }),
    tools: tokens === undefined ? tools : { ...tools, tokens },
  });
  await appender.append(sample);
  const failed = sample.status === "endpointFailed";
  course.failuresInRow = failed ? course.failuresInRow + 1 : 0;
  if (failed) course.lastError = sample.rounds.at(-1)?.error ?? "no answer";
  else course.done += 1;
  course.counts[sample.status] = (course.counts[sample.status] ?? 0) + 1;
  onProgress?.({ stage: course.name, done: course.done, total: course.planned, counts: { ...course.counts } });
}

function totals(courses: readonly Course[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { counts } of courses)
    for (const [status, count] of Object.entries(counts)) sum[status] = (sum[status] ?? 0) + count;
  return sum;
}
