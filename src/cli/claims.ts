import { mkdtemp, readFile, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { closeBrowser } from "../export/browser.js";
import { freshNotebooks, notebookNames } from "../notebook/freshNotebooks.js";
import { projectRoot } from "../process/projectRoot.js";
import { writeWhole } from "../record/writeWhole.js";
import { claimsText, type MeasuredMinutes, minutesIn } from "../report/claimsText.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { withProgress } from "./withProgress.js";

/** Whole minutes of wall time; a machine that does other work besides takes longer. */
async function measure(signal: AbortSignal): Promise<MeasuredMinutes> {
  const names = (await notebookNames()).filter((name) => /^rq\d$/.test(name));
  const folder = await mkdtemp(join(tmpdir(), "safelab-claims-"));
  const minutes: Record<string, string> = {};
  try {
    // One after another: two at a time would measure each other.
    for (const name of names) {
      const { result } = await withProgress(signal, (work) => freshNotebooks([name], folder, work));
      const taken = (result[0]?.seconds ?? 0) / 60;
      minutes[name] = taken < 1 ? "< 1" : String(Math.round(taken));
    }
  } finally {
    await closeBrowser();
    await rm(folder, { recursive: true, force: true });
  }
  return { minutes, machine: `a machine of ${cpus().length} cores and ${Math.round(totalmem() / 2 ** 30)} GiB` };
}

/** `safelab claims` */
export const addClaims: AddCommand = (root, signal) => {
  root
    .command("claims")
    .description("write CLAIMS.md: every finding, table and figure, where it is and what the bundled runs say of it")
    .option("--keep-minutes", "do not run the notebooks to measure them: keep the minutes that stand there")
    .addHelpText("after", examples("safelab claims", "safelab claims --keep-minutes"))
    .action(async ({ keepMinutes }: { readonly keepMinutes?: true }) => {
      const file = join(projectRoot(), "CLAIMS.md");
      const known = await readFile(file, "utf8").catch(() => "");
      const measured = keepMinutes === true ? minutesIn(known) : await measure(signal);
      await writeWhole(file, await claimsText(measured));
      console.log(`${file} written`);
    });
};
