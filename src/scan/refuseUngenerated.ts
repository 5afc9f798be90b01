import { InputError } from "../error.js";
import { planSamples } from "../record/planSamples.js";
import type { RunFolder } from "../record/runFolder.js";
import type { Sample } from "../record/schema/sample.js";
import type { Study } from "../record/schema/study.js";
import type { TaskFacts } from "../record/schema/taskFacts.js";
import { tasksByDataset } from "../record/tasksByDataset.js";
import { type SampleFilter, stemOf, taskFileName } from "./matchFiles.js";

/** How many files are named before the rest is counted. */
const listed = 3;

/** What makes samples of the models that are meant: those without an endpoint are only imported. */
function making({ models }: Study, { model }: SampleFilter): string {
  const meant = models.filter(({ name }) => model === undefined || name === model);
  return meant.some(({ endpoint }) => endpoint !== undefined)
    ? "`safelab generate RUN`"
    : "`safelab import FILE --into RUN`";
}

interface RefuseOptions {
  readonly run: RunFolder;
  readonly samples: readonly Sample[];
  readonly tasks: readonly TaskFacts[];
  readonly where: SampleFilter;
  readonly report: string;
}

/**
 * Refuses a report that names files of tasks which the run knows and has no sample of: it is about more samples than the run holds yet.
 *
 * @param files the report's, named by task
 * @param options.samples those that the report may be about, with code or without
 * @param options.where which samples those are
 * @param options.report stands in the error
 * @throws InputError naming such files and their tasks, and what makes the samples.
 */
export function refuseUngenerated(
  files: readonly string[],
  { run: { study, path }, samples, tasks, where, report }: RefuseOptions,
): void {
  const present = new Set(samples.map(({ task }) => taskFileName(task)));
  const known = new Map(
    tasks
      .filter(({ dataset }) => where.dataset === undefined || dataset === where.dataset)
      .map((task) => [taskFileName(task.task), task]),
  );
  const absent = files.flatMap((file) => {
    const task = present.has(stemOf(file)) ? undefined : known.get(stemOf(file));
    return task === undefined ? [] : [{ ...task, file }];
  });
  if (absent.length === 0) return;
  const asked = new Set(planSamples(study, tasksByDataset({ study, path, tasks })).map(pairText));
  const rest = absent.length - listed;
  const named =
    absent
      .slice(0, listed)
      .map(({ file, task, dataset }) => `${file} (${task} of ${dataset})`)
      .join(", ") + (rest > 0 ? ` and ${rest} more` : "");
  const meant = Object.entries(where).map(([name, value]) => `${name} ${value}`);
  const of = meant.length === 0 ? "" : ` of ${meant.join(", ")}`;
  const ask = absent.every((each) => asked.has(pairText(each))) ? "" : 'ask for them under "datasets" in run.json and ';
  throw new InputError(
    `${report} names files of tasks of which the run has no sample${of}: ${named}. To take it whole, ${ask}make their samples with ` +
      `${making(study, where)}; or make the report without these files`,
  );
}

const pairText = ({ dataset, task }: Pick<TaskFacts, "dataset" | "task">) => JSON.stringify([dataset, task]);
