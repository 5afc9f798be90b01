import { basename } from "node:path";
import { InputError } from "../error.js";
import type { Sample, SampleKey } from "../record/schema/sample.js";
import type { Report } from "./readReport.js";

/** Some values of a sample key, to say which samples are meant. */
export type SampleFilter = Partial<SampleKey>;

/** Which samples a file of a report holds: by `scanHash`, or by values of the sample key. */
export type FileMap = ReadonlyMap<string, SampleFilter & { readonly scanHash?: string }>;

/** Whether a sample has all the values that are named. */
export function isMeant(sample: Sample, filter: SampleFilter & { readonly scanHash?: string }): boolean {
  return Object.entries(filter).every(([name, value]) => sample[name as keyof Sample] === value);
}

/** The file name of a task's sample without its ending: its id with anything but letters, digits, `.`, `_` and `-` as `_`. */
export function taskFileName(task: string): string {
  return task.replace(/[^\w.-]/g, "_");
}

/** The name of a report's file without folders and ending. */
export const stemOf = (file: string) => basename(file.replaceAll("\\", "/")).replace(/\.py$/, "");
const configurationOf = ({ dataset, prompt, model, method, repeat, index }: Sample) =>
  [dataset, prompt, model, method, `repeat ${repeat}`, `index ${index}`].join(" ");

/**
 * The files of a report but those of tasks whose sample has no code: an empty file has nothing to say.
 *
 * @param samples those that the report may be about, with code or without
 * @param file stands in error messages
 * @throws InputError where the report has findings in such a file: it is about other texts.
 */
export function withCode(
  files: readonly string[],
  samples: readonly Sample[],
  { findings }: Pick<Report, "findings">,
  file: string,
): string[] {
  const known = new Set(
    samples.flatMap(({ task, scanHash }) => (scanHash === null ? [] : [taskFileName(task), scanHash])),
  );
  const empty = new Map(
    samples.filter(({ scanHash }) => scanHash === null).map((each) => [taskFileName(each.task), each]),
  );
  return files.filter((name) => {
    const sample = known.has(stemOf(name)) ? undefined : empty.get(stemOf(name));
    if (sample === undefined) return true;
    const count = findings.get(name)?.length ?? 0;
    if (count === 0) return false;
    throw new InputError(
      `${file} has ${count} findings in ${name}, but the sample of ${sample.task} has no code (${sample.status}): it is a report on ` +
        "other texts; give the samples' own with --dataset, --model and --method",
    );
  });
}

/**
 * The hashes of the texts that the files of a report hold, by file. A file is known by the map where there is one; without, by its name: the
 * `scanHash` of a text, or the id of a task (`BigCodeBench_4.py` is `BigCodeBench/4`) of which there is one sample.
 *
 * @param samples those that the report may be about, all with code
 * @throws InputError naming a file that stands for no sample, or for several.
 */
export function matchFiles(
  files: Iterable<string>,
  samples: readonly Sample[],
  map?: FileMap,
): ReadonlyMap<string, string> {
  const byStem = new Map<string, Sample[]>();
  const add = (stem: string, sample: Sample) => byStem.set(stem, [...(byStem.get(stem) ?? []), sample]);
  for (const sample of samples) {
    add(taskFileName(sample.task), sample);
    if (sample.scanHash !== null) add(sample.scanHash, sample);
  }
  const matched = new Map<string, string>();
  const named = [...files];
  if (map === undefined && named.length > 1 && named.every((file) => !byStem.has(stemOf(file)))) {
    const few = (names: readonly string[]) => names.slice(0, 3).join(", ") + (names.length > 3 ? ", …" : "");
    const expected = [...new Set(samples.map(({ task }) => `${taskFileName(task)}.py`))];
    throw new InputError(
      `the report seems to be about other files: none of the ${named.length} that it names (${few(named)}) is one of the ${expected.length} ` +
        `samples expected (${few(expected)}, or SCANHASH.py); give the report of this run, or say with --map which sample each file holds`,
    );
  }
  for (const file of named) {
    const filter = map?.get(file) ?? map?.get(basename(file));
    const found =
      map === undefined
        ? (byStem.get(stemOf(file)) ?? [])
        : filter === undefined
          ? []
          : samples.filter((sample) => isMeant(sample, filter));
    const [first, other] = new Map(found.map((sample) => [sample.scanHash ?? "", sample])).values();
    if (first === undefined)
      throw new InputError(
        `the report names ${file}, which is ${map === undefined ? "no task of this run and no sample" : "no sample"}: name files by task (${taskFileName(samples[0]?.task ?? "task")}.py) or by ` +
          "scanHash, or say with --map which sample each file holds",
      );
    if (other !== undefined)
      throw new InputError(
        `the report names ${file}, which may be ${configurationOf(first)} or ${configurationOf(other)}: ` +
          "say which with --model, --method, --prompt or --map",
      );
    matched.set(file, first.scanHash ?? "");
  }
  return matched;
}
