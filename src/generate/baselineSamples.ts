import { countingScans } from "../record/countingRecords.js";
import { openRunFolder, type RunFolder } from "../record/runFolder.js";
import { readRecords } from "../record/readRecords.js";
import type { SampleKey } from "../record/schema/sample.js";
import type { WorkOptions } from "../progress.js";
import { scanRun } from "../scan/scanRun.js";
import type { ScannerTools } from "../scan/scannerNamed.js";
import type { BaselineSample } from "./methods/method.js";
import { baselineKey, keyOf } from "./planGeneration.js";

/**
 * Scans the baseline's samples with the study's scanners, as far as that is not done, and looks up what they found. A scan that failed
 * reports nothing; nor does code that does not parse.
 *
 * @returns the baseline's sample beside a sample of another method; `undefined` where it is not there yet
 * @throws InputError, SetupError, InterruptedError as `scanRun`.
 */
export async function baselineSamples(
  run: RunFolder,
  options: WorkOptions & { readonly tools?: ScannerTools },
): Promise<(key: SampleKey) => BaselineSample | undefined> {
  await scanRun(run, { ...options, only: ({ method }) => method === run.study.baseline });
  // Scanning may have named the version that counts.
  const { study } = await openRunFolder(run.path);
  const scans = await readRecords(run, "scans");
  const counting = study.union.map((scanner) => countingScans(study, scanner, scans));
  const samples = new Map(
    (await readRecords(run, "samples"))
      .filter(({ method, status }) => method === study.baseline && status !== "endpointFailed")
      .map((sample) => [keyOf(sample), sample]),
  );
  return (key) => {
    const sample = samples.get(keyOf(baselineKey(study, key)));
    if (sample === undefined) return undefined;
    const { code, scanHash } = sample;
    const findings = scanHash === null ? [] : counting.flatMap((of) => of.get(scanHash)?.findings ?? []);
    return { code: typeof code === "string" ? code : null, findings };
  };
}
