import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { runNotebooks } from "../../notebook/runNotebooks.js";
import { projectRoot } from "../../process/projectRoot.js";
import type { WorkOptions } from "../../progress.js";
import { canonicalJson, sha256 } from "../../record/canonical.js";
import type { OpenRun } from "../../record/openRun.js";
import { resultsCsv } from "../../record/resultsCsv.js";
import { writeWhole } from "../../record/writeWhole.js";

const names = ["start", "rq1", "rq2", "rq3", "rq4"];

/** A hash over safelab's own compiled code: outputs made by other code are made anew. */
async function codeHash(): Promise<string> {
  const folder = join(projectRoot(), "dist");
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js")).sort();
  return sha256((await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")))).join("\n"));
}

/** What an executed notebook depends on: its source, the results it reads, and safelab. */
async function stampOf(name: string, { run, rows }: OpenRun, code: string): Promise<string> {
  const source = await readFile(join(projectRoot(), "notebooks", `${name}.ipynb`), "utf8");
  const findings = rows.map((row) => row.findings);
  return sha256([source, run.path, resultsCsv(rows), canonicalJson([run.study, findings]), code].join("\n"));
}

/** Code cells of all the notebooks together, as they are done in several at once. */
function together(onProgress: WorkOptions["onProgress"]): NonNullable<WorkOptions["onProgress"]> {
  const each = new Map<string, { done: number; total: number }>();
  return ({ stage, done, total }) => {
    each.set(stage, { done, total });
    const sum = (pick: (one: { done: number; total: number }) => number) =>
      [...each.values()].reduce((all, one) => all + pick(one), 0);
    const [cells, all] = [sum((one) => one.done), sum((one) => one.total)];
    onProgress?.({ stage: "notebook cells", done: cells, total: all, counts: {} });
  };
}

/**
 * Runs the tour and the notebooks of the four research questions on a run and writes them, with outputs and as HTML, to
 * `notebooks/` of the output folder; one whose source, results and code have not changed stays.
 */
export async function writeNotebooks(
  open: OpenRun,
  out: string,
  { onProgress, signal }: Required<WorkOptions>,
): Promise<void> {
  const folder = join(out, "notebooks");
  const code = await codeHash();
  const stale: { name: string; stamp: string; file: string }[] = [];
  for (const name of names) {
    const file = join(folder, `${name}.sha256`);
    const stamp = await stampOf(name, open, code);
    const written = [".ipynb", ".html"].every((ending) => existsSync(join(folder, name + ending)));
    if (!written || (await readFile(file, "utf8").catch(() => "")) !== stamp) stale.push({ name, stamp, file });
  }
  const sources = stale.map(({ name }) => join(projectRoot(), "notebooks", `${name}.ipynb`));
  const env = { SAFELAB_RUN: open.run.path };
  await runNotebooks(sources, folder, { env, onProgress: together(onProgress), signal });
  for (const { stamp, file } of stale) await writeWhole(file, stamp);
}
