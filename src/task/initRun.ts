import { existsSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { InputError } from "../error.js";
import { canonicalJson } from "../record/canonical.js";
import { issueText } from "../record/issueText.js";
import { openRunFolder, type RunFolder } from "../record/runFolder.js";
import { Study } from "../record/schema/study.js";
import { createRun } from "./createRun.js";
import { syncTaskFacts } from "./syncTaskFacts.js";

/** What a new study must say; the rest has defaults, see `Study`. */
export type StudyInput = Omit<z.input<typeof Study>, "schemaVersion">;

/** The fields that decide which samples are made, and how. */
const asked = [
  "datasets",
  "models",
  "methods",
  "prompts",
  "promptTemplates",
  "k",
  "repeats",
  "seed",
  "decoding",
] as const;

function checkAsked({ path, study }: RunFolder, input: object): void {
  const parsed = Study.safeParse(input);
  if (!parsed.success) throw new InputError(`the study is not valid: ${issueText(parsed.error)}`);
  const field = asked.find((each) => canonicalJson(study[each] ?? null) !== canonicalJson(parsed.data[each] ?? null));
  if (field === undefined) return;
  throw new InputError(
    `run.json in ${path} asks for ${field} ${canonicalJson(study[field] ?? null)}, not ${canonicalJson(parsed.data[field] ?? null)}: ` +
      "choose another folder or edit it",
  );
}

/**
 * Opens a run folder, or makes it from a study where there is none. An existing folder keeps its own `run.json`, which must
 * ask for the same samples; its policies may differ.
 *
 * @example const run = await initRun("../out/mine", { name: "mine", datasets: [{ name: "demo-unittest", tasks: 3 }],
 *   models: [{ name: "SmolLM2-135M-Instruct", endpoint: "embedded" }], methods: ["base"], prompts: ["nl"] });
 * @throws InputError for a study that is not valid (field) or asks for other samples than the folder's, or a data set that is not there.
 */
export async function initRun(path: string, study: StudyInput): Promise<RunFolder> {
  const input = { schemaVersion: 1, ...study };
  if (!existsSync(join(path, "run.json"))) return createRun(path, `${JSON.stringify(input, null, 2)}\n`);
  const run = await openRunFolder(path);
  checkAsked(run, input);
  await syncTaskFacts(run);
  return run;
}
