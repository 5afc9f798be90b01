import { basename, join, resolve } from "node:path";
import { probeIsolation } from "../../execute/probeIsolation.js";
import { closeBrowser } from "../../export/browser.js";
import { projectRoot } from "../../process/projectRoot.js";
import { InputError } from "../../error.js";
import { methodTraits } from "../../generate/methods/methodTraits.js";
import { installExtra } from "../../process/venv.js";
import { sha256 } from "../../record/canonical.js";
import { type OpenRun, openRunAt } from "../../record/openRun.js";
import { openRunFolder, type RunFolder } from "../../record/runFolder.js";
import { writeWhole } from "../../record/writeWhole.js";
import { indexHtml } from "../../report/indexHtml.js";
import { headlines } from "../../report/headlines.js";
import { runFacts } from "../../report/runFacts.js";
import { sections } from "../../report/sections.js";
import { writeOutputs } from "../../report/writeOutputs.js";
import { tableText } from "../../table/tableText.js";
import { syncTaskFacts } from "../../task/syncTaskFacts.js";
import { executeStep } from "../executeStep.js";
import { generateStep } from "../generateStep.js";
import { scanStep } from "../scanStep.js";
import { withProgress } from "../withProgress.js";
import { agreement } from "./agreement.js";
import { demoFolder, demoRecorded, demoSamples, demoTasks } from "./demo.js";
import { writeNotebooks } from "./writeNotebooks.js";

/** What `safelab reproduce` was asked. */
export interface ReproduceOptions {
  /** A run folder of the user's own instead of the demo study. */
  readonly run?: string;
  /** Make the samples anew. */
  readonly generate?: true;
  readonly out?: string;
  readonly signal: AbortSignal;
}

/** Where the outputs go: `out/` for the demo, a folder of its own for every other run. */
function outFolder({ out, run, generate }: ReproduceOptions): string {
  const main = join(projectRoot(), "out");
  if (run === undefined) return resolve(out ?? (generate ? join(main, "generated") : main));
  const place = resolve(run);
  const folder = resolve(out ?? join(main, "runs", `${basename(place)}-${sha256(place).slice(0, 8)}`));
  if (folder === place) throw new InputError(`--out ${folder} is the run folder itself: choose another folder`);
  return folder;
}

/** The run folder with its samples: the user's, the demo's, or the demo's tasks answered anew. */
async function withSamples(options: ReproduceOptions, out: string): Promise<RunFolder> {
  const { run, generate, signal } = options;
  if (run === undefined && !generate) return demoSamples(out);
  const chosen = run === undefined ? await demoTasks(out) : await openRunFolder(run);
  await syncTaskFacts(chosen);
  if (generate) {
    if (chosen.study.models.some(({ endpoint }) => endpoint === "embedded")) {
      await installExtra("embedded", console.log, signal);
    }
    await generateStep(chosen, signal);
  }
  return chosen;
}

/** Verdicts made here, or where no isolation can be had the recorded ones, marked so. */
async function withVerdicts(options: ReproduceOptions, out: string): Promise<OpenRun & { readonly notice: string }> {
  const samples = await withSamples(options, out);
  const probe = await probeIsolation();
  if (probe.ok) {
    await syncTaskFacts(samples);
    const { path } = await scanStep(await executeStep(samples, options.signal), options.signal);
    return { ...(await openRunAt(path)), notice: "" };
  }
  const demo = options.run === undefined && !options.generate;
  const shown = demo ? await demoRecorded(out) : await scanStep(samples, options.signal);
  const notice =
    `Verdicts are ${demo ? "recorded, not re-executed" : "those that the run folder holds; nothing was executed"}: ` +
    `${probe.reason}${probe.remedy === "" ? "" : `. To execute: ${probe.remedy}`}`;
  console.log(notice);
  return { ...(await openRunAt(shown.path)), notice };
}

/** Evaluates a run, writes every figure, table and notebook into a folder, and says what came out. */
export async function reproduce(options: ReproduceOptions): Promise<void> {
  const start = performance.now();
  const { signal } = options;
  const out = outFolder(options);
  await installExtra("base", console.log, signal);
  const open = await withVerdicts(options, out);
  const { run, rows, notice } = open;
  const made = sections(rows, methodTraits);
  await withProgress(signal, (work) => writeOutputs(made, out, work));
  await closeBrowser();
  await withProgress(signal, (work) => writeNotebooks(open, out, work));
  const title = `safelab: ${run.study.name}`;
  await writeWhole(join(out, "index.html"), indexHtml({ title, notice, facts: runFacts(rows), sections: made }));
  const lines = [
    "",
    tableText(headlines(rows)),
    ...(options.run === undefined && !options.generate && notice === ""
      ? ["", agreement((await openRunAt(demoFolder())).rows, rows)]
      : []),
    "",
    `Done in ${((performance.now() - start) / 1000).toFixed(0)} s. Open ${join(out, "index.html")}`,
  ];
  console.log(lines.join("\n"));
}
