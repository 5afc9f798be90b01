import { type SetupError, UnreachableError } from "../error.js";
import type { Progress } from "../progress.js";
import type { RunFolder } from "../record/runFolder.js";
import { addCounts, generatePhases, type PhasesOutcome } from "./generatePhases.js";
import type { OpenModel } from "./openModel.js";
import { openModels, type OpenModelsOptions } from "./openModels.js";
import type { Configuration } from "./planGeneration.js";
import { reachKey } from "./reachOf.js";

/** What came of all configurations; `troubles` say, a sentence each, why some could not be begun. */
export interface ReachedOutcome extends PhasesOutcome {
  readonly troubles: readonly string[];
}

/** How models are opened, and how what is asked of them is generated. */
export interface GenerateReachableOptions {
  readonly open: OpenModelsOptions;
  readonly phases: Omit<Parameters<typeof generatePhases>[2], "models">;
  /** Looks at the servers of configurations that are about to be generated. */
  readonly check: (configurations: readonly Configuration[]) => Promise<void>;
}

/**
 * Opens the models of configurations and generates what they lack. A server that cannot be reached holds up its own configurations, and one
 * that gives no token steps those of methods that steer decoding: the others are generated, then, while `open.serverStartMs` from the start
 * allow, the servers that were not reached are tried again.
 *
 * @param models takes what was opened, by `reachKey`, also where this throws
 * @throws SetupError where nothing at all can be begun, with why; else as `openModels` and `generatePhases` do.
 */
export async function generateReachable(
  run: RunFolder,
  configurations: readonly Configuration[],
  models: Map<string, OpenModel>,
  { open, phases, check }: GenerateReachableOptions,
): Promise<ReachedOutcome> {
  const end = performance.now() + open.serverStartMs;
  const lacks = new Set<SetupError>();
  let outcome: PhasesOutcome | undefined;
  for (let rest = configurations; ;) {
    const down = await openModels(rest, models, { ...open, serverStartMs: Math.max(0, end - performance.now()) });
    const reached = rest.filter(({ model }) => models.has(reachKey(model)));
    rest = rest.filter((each) => !reached.includes(each));
    const able = reached.filter((each) => lackOf(each, models) === undefined);
    for (const each of reached) {
      const lack = lackOf(each, models);
      if (lack === undefined) continue;
      lacks.add(lack);
      open.onProgress?.(notBegun(each, "impossible"));
    }
    const isLast = rest.length === 0 || reached.length === 0 || open.serverStartMs === 0;
    const troubles = [...lacks, ...down.values()];
    const [first] = troubles;
    if (isLast && able.length === 0 && outcome === undefined && first !== undefined) throw whole(first, run, open);
    for (const each of rest) open.onProgress?.(notBegun(each, "unreachable"));
    await check(able);
    outcome = sum(outcome, await generatePhases(run, able, { ...phases, models }));
    if (isLast) return { ...outcome, troubles: troubles.map(({ message }) => message) };
  }
}

/** Why a configuration cannot be generated on its server, which was reached. */
function lackOf({ model, method }: Configuration, models: ReadonlyMap<string, OpenModel>): SetupError | undefined {
  return method.tokenCount === undefined ? undefined : models.get(reachKey(model))?.withoutTokens;
}

/** The error of a run in which nothing can be begun; whoever did not wait for the server hears that it can be waited for. */
function whole(trouble: SetupError, { path }: RunFolder, { serverStartMs }: OpenModelsOptions): SetupError {
  if (!(trouble instanceof UnreachableError) || serverStartMs > 0) return trouble;
  const words = `${trouble.message}; \`safelab generate ${path} --patience MINUTES\` waits for it`;
  return new UnreachableError(words, { cause: trouble });
}

function notBegun({ name, planned, missing }: Configuration, what: string): Progress {
  return { stage: name, done: planned - missing.length, total: planned, counts: { [what]: missing.length } };
}

function sum(before: PhasesOutcome | undefined, after: PhasesOutcome): PhasesOutcome {
  if (before === undefined) return after;
  return {
    counts: addCounts(before.counts, after.counts),
    givenUp: [...before.givenUp, ...after.givenUp],
    waiting: before.waiting + after.waiting,
  };
}
