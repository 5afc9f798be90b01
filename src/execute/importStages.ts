import { importsIn } from "./importedOften.js";
import type { SampleRequest } from "./workerRequest.js";

/**
 * Libraries of many shared objects, in the order in which they build on each other. Each object is half a dozen mappings to copy at every fork:
 * with those of the second group a process of 200 MB takes twice as long to fork as with those of the first, and five times as long as with none.
 */
const heavy: readonly (readonly string[])[] = [
  ["numpy", "pandas", "matplotlib"],
  ["scipy", "sklearn", "seaborn", "nltk", "statsmodels", "skimage", "cv2"],
];

const packageOf = (name: string) => name.split(".")[0] ?? "";

/**
 * Libraries to import ahead, in stages: each stage's parent process has those of the stages before it too. The first has what costs a fork
 * little; it may be empty, the others are not.
 */
export function importStages(names: readonly string[]): readonly (readonly string[])[] {
  const groups = heavy.map((group) => names.filter((name) => group.includes(packageOf(name))));
  const light = names.filter((name) => !groups.flat().includes(name));
  return [light, ...groups.filter((group) => group.length > 0)];
}

/** The first stage that has every library which a request's texts import and some stage has. */
export function stageOf(request: SampleRequest, stages: readonly (readonly string[])[]): number {
  const text = request.style === "unittest" ? `${request.code}\n${request.test}` : `${request.setup}\n${request.code}`;
  const packages = new Set([...importsIn(text)].map(packageOf));
  return Math.max(
    0,
    stages.findLastIndex((stage) => stage.some((name) => packages.has(packageOf(name)))),
  );
}
