import { existsSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { openRunFolder, type RunFolder } from "../record/runFolder.js";
import type { Study } from "../record/schema/study.js";
import { createRun } from "./createRun.js";
import { syncTaskFacts } from "./syncTaskFacts.js";

/** What a new study must say; the rest has defaults, see `Study`. */
export type StudyInput = Omit<z.input<typeof Study>, "schemaVersion">;

/**
 * Opens a run folder, or makes it from a study where there is none. An existing folder keeps its own `run.json`.
 *
 * @example const run = await initRun("../out/mine", { name: "mine", datasets: [{ name: "demo-unittest", tasks: 3 }],
 *   models: [{ name: "SmolLM2-135M-Instruct", endpoint: "embedded" }], methods: ["base"], prompts: ["nl"] });
 * @throws InputError for a study that is not valid (field) or a data set that is not there.
 */
export async function initRun(path: string, study: StudyInput): Promise<RunFolder> {
  if (!existsSync(join(path, "run.json"))) {
    return createRun(path, `${JSON.stringify({ schemaVersion: 1, ...study }, null, 2)}\n`);
  }
  const run = await openRunFolder(path);
  await syncTaskFacts(run);
  return run;
}
