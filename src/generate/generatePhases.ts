import { findPython } from "../process/findPython.js";
import type { RunFolder } from "../record/runFolder.js";
import { banditScanner } from "../scan/bandit.js";
import { openTextScanner, type TextScanner } from "../scan/openTextScanner.js";
import type { ScannerTools } from "../scan/scannerNamed.js";
import { baselineSamples } from "./baselineSamples.js";
import { generateMissing, type GenerationOutcome, type GenerationWork } from "./generateMissing.js";
import type { Need } from "./methods/method.js";
import type { Configuration } from "./planGeneration.js";

/** What came of all phases; `waiting` counts samples whose baseline sample is not there. */
export interface PhasesOutcome extends GenerationOutcome {
  readonly waiting: number;
}

const needs = (need: Need) => (configuration: Configuration) => configuration.method.needs?.includes(need) === true;

/**
 * Generates first what stands alone, then, once the baseline's samples are scanned, what reads the findings in them.
 *
 * @throws InputError, SetupError where scanning is needed and not possible; InterruptedError when `signal` was aborted.
 */
export async function generatePhases(
  run: RunFolder,
  configurations: readonly Configuration[],
  options: Omit<GenerationWork, "tools"> & { readonly tools?: ScannerTools },
): Promise<PhasesOutcome> {
  const { tools: where, ...work } = options;
  const scan = configurations.some(needs("scan")) ? await openBandit(options) : undefined;
  const tools = scan === undefined ? {} : { scan };
  const alone = await generateMissing(
    configurations.filter((each) => !needs("baseline")(each)),
    { ...work, tools },
  );
  const later = configurations.filter(needs("baseline"));
  if (later.length === 0) return { ...alone, waiting: 0 };
  const baselineOf = await baselineSamples(run, { ...work, ...(where === undefined ? {} : { tools: where }) });
  const ready = later.map((each) => ({
    ...each,
    missing: each.missing.filter((key) => baselineOf(key) !== undefined),
  }));
  const after = await generateMissing(ready, { ...work, tools: { ...tools, baselineOf } });
  const missing = (of: readonly Configuration[]) => of.reduce((sum, each) => sum + each.missing.length, 0);
  return {
    counts: addCounts(alone.counts, after.counts),
    givenUp: [...alone.givenUp, ...after.givenUp],
    waiting: missing(later) - missing(ready),
  };
}

async function openBandit({ signal }: { readonly signal?: AbortSignal }): Promise<TextScanner> {
  const scanner = banditScanner();
  await scanner.identify();
  const { executable: python } = await findPython();
  return openTextScanner(scanner, { python, ...(signal === undefined ? {} : { signal }) });
}

/** Counts of two parts of the work, together. */
export function addCounts(a: Readonly<Record<string, number>>, b: typeof a): Record<string, number> {
  const sum: Record<string, number> = { ...a };
  for (const [status, count] of Object.entries(b)) sum[status] = (sum[status] ?? 0) + count;
  return sum;
}
