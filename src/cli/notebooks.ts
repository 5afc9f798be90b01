import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError, SetupError } from "../error.js";
import { probeIsolation } from "../execute/probeIsolation.js";
import { closeBrowser } from "../export/browser.js";
import { freshNotebooks, notebookNames, notebooksFolder } from "../notebook/freshNotebooks.js";
import { largestNotebook, storedNotebook } from "../notebook/storedNotebook.js";
import { installExtra } from "../process/venv.js";
import { writeWhole } from "../record/writeWhole.js";
import type { AddCommand } from "./commands.js";
import { examples } from "./examples.js";
import { withProgress } from "./withProgress.js";

/** Puts an executed notebook in its place; says whether anything changed. */
async function store(name: string, executed: string): Promise<string> {
  const file = join(notebooksFolder(), `${name}.ipynb`);
  const text = await storedNotebook(await readFile(executed, "utf8"));
  const size = Buffer.byteLength(text);
  const kilobytes = `${Math.ceil(size / 1000)} kB`;
  if (size >= largestNotebook) throw new InputError(`${file} would have ${kilobytes}, more than 1 MB: show less in it`);
  if ((await readFile(file, "utf8")) === text) return `${name}: unchanged (${kilobytes})`;
  await writeWhole(file, text);
  return `${name}: written (${kilobytes})`;
}

/** `safelab notebooks` */
export const addNotebooks: AddCommand = (root, signal) => {
  root
    .command("notebooks")
    .description("run the notebooks that come with safelab and write their outputs into them")
    .argument("[names...]", "notebooks (default: all), e.g. rq1")
    .addHelpText("after", examples("safelab notebooks", "safelab notebooks rq1 run"))
    .action(async (names: string[]) => {
      const known = await notebookNames();
      const unknown = names.find((name) => !known.includes(name));
      if (unknown !== undefined) throw new InputError(`no notebook "${unknown}": choose of ${known.join(", ")}`);
      await installExtra("base", console.log, signal);
      await installExtra("embedded", console.log, signal);
      const probe = await probeIsolation();
      if (!probe.ok) throw new SetupError([probe.reason, probe.remedy].filter(Boolean).join("; "));
      const folder = await mkdtemp(join(tmpdir(), "safelab-notebooks-"));
      try {
        const chosen = names.length === 0 ? known : names;
        const { result } = await withProgress(signal, (work) => freshNotebooks(chosen, folder, work));
        for (const [index, { ipynb }] of result.entries()) console.log(await store(chosen[index] ?? "", ipynb));
      } finally {
        await closeBrowser();
        await rm(folder, { recursive: true, force: true });
      }
    });
};
