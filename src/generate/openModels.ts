import { UnreachableError } from "../error.js";
import type { Progress } from "../progress.js";
import type { OwnModel } from "./defineModel.js";
import { type OpenModel, openModel, type OpenModelOptions } from "./openModel.js";
import type { Configuration } from "./planGeneration.js";
import { reachKey } from "./reachOf.js";
import { wait } from "./wait.js";

/** How the models of a run are opened. */
export interface OpenModelsOptions extends Omit<OpenModelOptions, "tokenCount"> {
  readonly ownModels: readonly OwnModel[];
  /** Milliseconds to wait where no server can be reached; the first pause is short, a minute the longest. */
  readonly serverStartMs: number;
  readonly onProgress?: (progress: Progress) => void;
}

const firstPauseMs = 1000;
const longestPauseMs = 60_000;
/** A server that is silent for so long is told of. */
const silentMs = 2000;

/**
 * Opens the models of some configurations, each once.
 *
 * @param models takes what was opened, by `reachKey`, also where this throws
 * @returns those whose servers cannot be reached now, by the same key; where that is all of them, `serverStartMs` later
 * @throws SetupError, InputError as `openModel` does; InterruptedError when `signal` was aborted.
 */
export async function openModels(
  configurations: readonly Configuration[],
  models: Map<string, OpenModel>,
  options: OpenModelsOptions,
): Promise<Map<string, UnreachableError>> {
  const { serverStartMs, onProgress, signal } = options;
  const start = performance.now();
  for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
    const unreachable = await openOnce(configurations, models, options);
    const left = start + serverStartMs - performance.now();
    const [first] = configurations;
    const isAnyThere = configurations.some(({ model }) => models.has(reachKey(model)));
    if (isAnyThere || unreachable.size === 0 || left <= 0 || first === undefined) return unreachable;
    const ms = Math.min(pause, left);
    const what = `no server yet, next try in ${Math.ceil(ms / 1000)}s (${[...unreachable.values()][0]?.message.slice(0, 80) ?? ""})`;
    onProgress?.({ ...stepOf(first), waiting: { what, limitSeconds: Math.round(left / 1000) } });
    await wait(ms, signal);
  }
}

async function openOnce(
  configurations: readonly Configuration[],
  models: Map<string, OpenModel>,
  { ownModels, onProgress, ...how }: OpenModelsOptions,
): Promise<Map<string, UnreachableError>> {
  const unreachable = new Map<string, UnreachableError>();
  for (const configuration of configurations) {
    const { model } = configuration;
    const reach = reachKey(model);
    if (models.has(reach) || unreachable.has(reach)) continue;
    const own = ownModels.find(({ name }) => name === model.name);
    if (own !== undefined) {
      models.set(reach, { ...own, close: () => Promise.resolve() });
      continue;
    }
    const count = mostTokens(configurations.filter((each) => reachKey(each.model) === reach));
    const tokens = count === 0 ? {} : { tokenCount: count };
    const what = `waits for ${model.endpoint === "embedded" ? "the embedded model" : `the server of ${model.name}`}`;
    const timer = setTimeout(() => onProgress?.({ ...stepOf(configuration), waiting: { what } }), silentMs);
    try {
      models.set(reach, await openModel(model, { ...how, ...tokens }));
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      unreachable.set(reach, error);
    } finally {
      clearTimeout(timer);
    }
  }
  return unreachable;
}

function stepOf({ name: stage, planned: total, missing }: Configuration): Progress {
  return { stage, done: total - missing.length, total, counts: {} };
}

/** How many likely tokens the methods of some configurations want told at most; 0 where none steers decoding. */
function mostTokens(configurations: readonly Configuration[]): number {
  const counts = configurations.map(({ method, options = {} }) => method.tokenCount?.(options) ?? 0);
  return Math.max(0, ...counts);
}
