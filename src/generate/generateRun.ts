import { stopSignal } from "../cellSignal.js";
import { SetupError } from "../error.js";
import type { WorkOptions } from "../progress.js";
import { openAppender } from "../record/openAppender.js";
import { readRecords } from "../record/readRecords.js";
import type { RunFolder } from "../record/runFolder.js";
import type { ScannerTools } from "../scan/scannerNamed.js";
import { loadTasks } from "../task/loadTasks.js";
import { checkPrefix } from "./checkPrefix.js";
import { defaultPatience, type Patience } from "./courses.js";
import type { OwnModel } from "./defineModel.js";
import type { GenerationOutcome } from "./generateMissing.js";
import { generateReachable } from "./generateReachable.js";
import type { Method } from "./methods/method.js";
import { defaultConcurrency, type OpenModel } from "./openModel.js";
import { type Configuration, planGeneration } from "./planGeneration.js";
import { templatesOf } from "./promptTemplates.js";
import { reachKey } from "./reachOf.js";

/** What generation takes besides progress and a signal. */
export interface GenerateOptions extends WorkOptions {
  /** The value of an environment variable that the study names as `keyVariable`; none is set by default. */
  readonly keys?: (variable: string) => string | undefined;
  /** Names of the models to generate for; all by default. */
  readonly models?: readonly string[];
  /** Methods of your own (`defineMethod`) that the study names. */
  readonly methods?: readonly Method[];
  /** Models of your own (`defineModel`), which the study names without an endpoint. */
  readonly ownModels?: readonly OwnModel[];
  /** Where scanners are that the baseline's samples are scanned with before methods that read what was found. */
  readonly tools?: ScannerTools;
  /** Requests at the same time to each server, 8 by default; the embedded model takes one. */
  readonly concurrency?: number;
  /** How long a configuration whose requests fail waits for its server while the others go on: pauses that grow from 5 s to a minute, 10 min in all. */
  readonly patience?: Partial<Patience>;
  /** Milliseconds from the start in which servers that cannot be reached yet, or are not well, are tried again, the others' samples first; 0 by default. */
  readonly serverStartMs?: number;
}

/** What was generated. */
export interface GenerateSummary {
  /** New samples by status. */
  readonly counts: Readonly<Record<string, number>>;
  /** Samples that were there before. */
  readonly skipped: number;
  /** Missing samples of models without an endpoint: they are imported. */
  readonly notGenerated: number;
  /** Missing samples of methods that read the baseline's sample, where the request for that one failed: the next call tries both. */
  readonly waiting: number;
  readonly seconds: number;
}

/**
 * Generates the samples that a run lacks, and appends each when it is done: an interrupted run goes on where it was. Every server is probed
 * first; where one cannot be reached, or cannot do what a method needs, the samples of the others are generated, and the error comes at the
 * end. Where a method reads what the scanners found in the baseline's samples, these are generated and scanned before it. A failed request is a
 * sample with status `endpointFailed`, tried again by the next call; after three in a row its configuration pauses while the others go on,
 * tries these again when the server answers, and is given up when `patience` is at its end.
 *
 * @throws InputError for a study that cannot be generated.
 * @throws SetupError when a server cannot be used, or, at the end, when configurations were given up.
 * @throws InterruptedError when `signal` was aborted; what was done is kept.
 */
export async function generateRun(run: RunFolder, options: GenerateOptions = {}): Promise<GenerateSummary> {
  const start = performance.now();
  const { study } = run;
  const loaded = await Promise.all(study.datasets.map(({ name }) => loadTasks(name)));
  const tasks = new Map(loaded.map((set) => [set.name, set.tasks]));
  const { ownModels = [] } = options;
  const templates = templatesOf(run);
  const planOptions = { ...options, templates, ownModels: ownModels.map(({ name }) => name) };
  const planNow = async () => planGeneration(study, tasks, await readRecords(run, "samples"), planOptions);
  const first = await planNow();
  if (first.configurations.length === 0)
    return { counts: {}, skipped: first.recorded, notGenerated: first.notGenerated, waiting: 0, seconds: 0 };

  const { keys = () => undefined, concurrency = defaultConcurrency, onProgress } = options;
  const work = {
    ...stopSignal(options),
    ...(onProgress === undefined ? {} : { onProgress }),
  };
  const appender = await openAppender(run, "samples");
  const models = new Map<string, OpenModel>();
  try {
    // Another process may have generated between the plan and the lock.
    const { configurations, recorded: skipped, notGenerated } = await planNow();
    const byId = new Map(loaded.map((set) => [set.name, new Map(set.tasks.map((task) => [task.id, task]))]));
    const patience = { ...defaultPatience, ...options.patience };
    const outcome = await generateReachable(run, configurations, models, {
      open: {
        ...{ keys, concurrency, ownModels, serverStartMs: options.serverStartMs ?? 0, decoding: study.decoding },
        ...work,
      },
      phases: { ...options, study, tasks: byId, appender, templates, patience, ...work },
      check: (reached) => checkPrefixes(run, reached, models),
    });
    const { givenUp, waiting, counts } = outcome;
    const troubles = [...outcome.troubles];
    if (givenUp.length > 0) troubles.push(givenUpText(givenUp, patience));
    if (troubles.length > 0)
      throw new SetupError(
        `${troubles.join("; ")}. ` +
          `What was generated is kept; see to the server and start again: \`safelab generate ${run.path}\` does the rest`,
      );
    return { counts, skipped, notGenerated, waiting, seconds: (performance.now() - start) / 1000 };
  } finally {
    await Promise.all([...models.values()].map((model) => model.close()));
    await appender.close();
  }
}

function givenUpText(givenUp: GenerationOutcome["givenUp"], { limitMs }: Patience): string {
  const pauses = givenUp.some(({ waited }) => waited) ? `${durationText(limitMs)} of pauses and ` : "";
  const each = givenUp.map(({ name, error }) => `${name} (${error})`);
  return `given up after ${pauses}three failed requests in a row: ${each.join("; ")}`;
}

function durationText(ms: number): string {
  return ms < 60_000 ? `${ms / 1000} s` : `${Math.round(ms / 60_000)} min`;
}

async function checkPrefixes(
  run: RunFolder,
  configurations: readonly Configuration[],
  models: ReadonlyMap<string, OpenModel>,
): Promise<void> {
  const concerned = configurations.some(({ method }) => method.prefix !== undefined);
  const recorded = concerned ? await readRecords(run, "samples") : [];
  const samples = recorded.filter(({ status }) => status !== "endpointFailed");
  for (const { model, method } of configurations) {
    const opened = models.get(reachKey(model));
    const own = samples.filter((sample) => sample.model === model.name && sample.method === method.name);
    if (opened !== undefined) checkPrefix(method, opened.endpoint.shown, opened.prefix, own);
  }
}
