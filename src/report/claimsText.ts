import { executedConfigurations } from "../analysis/executedConfigurations.js";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openPaper } from "../notebook/openPaper.js";
import { openRecorded } from "../notebook/openRecorded.js";
import { notebookNames, notebooksFolder } from "../notebook/freshNotebooks.js";
import { methodTraits } from "../generate/methods/methodTraits.js";
import { projectRoot } from "../process/projectRoot.js";
import { openRunAt } from "../record/openRun.js";
import { tableMarkdown } from "../table/tableMarkdown.js";
import { type ClaimPlace, claimsTable } from "./claimsTable.js";

/** How long each notebook took, in words, and on which class of machine. */
export interface MeasuredMinutes {
  readonly minutes: Readonly<Record<string, string>>;
  readonly machine: string;
}

/** The recorded runs that can test a finding, the richest first. */
const recorded = ["quantization-bigcodebench", "qwen2.5-coder-7b-bigcodebench"];

interface Cell {
  readonly id: string;
  readonly cell_type: string;
  readonly source: string | readonly string[];
}

/** Where the findings stand: the research question's notebook, whose cell calls `findings(`. */
const questionOf = [1, 1, 1, 2, 2, 2, 3, 3, 4];

/** The first cell of the research questions' notebooks that calls a function, by item of the claims table. */
export async function claimPlaces(): Promise<Map<string, ClaimPlace>> {
  const places = new Map<string, ClaimPlace>();
  const names = (await notebookNames()).filter((name) => /^rq\d$/.test(name));
  for (const notebook of names) {
    const { cells } = JSON.parse(await readFile(join(notebooksFolder(), `${notebook}.ipynb`), "utf8")) as {
      readonly cells: readonly Cell[];
    };
    for (const { id, cell_type, source } of cells) {
      if (cell_type !== "code") continue;
      const text = typeof source === "string" ? source : source.join("");
      for (const [, kind = "", number = ""] of text.matchAll(/\b(table|figure)([1-9])\(rows/g)) {
        const item = `${kind} ${number}`;
        if (!places.has(item)) places.set(item, { notebook, cell: id });
      }
      if (!/\bfindings\(rows/.test(text)) continue;
      for (const [at, question] of questionOf.entries())
        if (notebook === `rq${question}`) places.set(`finding ${at + 1}`, { notebook, cell: id });
    }
  }
  return places;
}

/** The text of `CLAIMS.md`, from the bundled runs and the same code as the notebooks. */
export async function claimsText({ minutes, machine }: MeasuredMinutes): Promise<string> {
  const opened = await Promise.all(recorded.map(openRecorded));
  const demo = await openRunAt(join(projectRoot(), "data", "demo"));
  const table = claimsTable({
    runs: [
      ...opened.map(({ rows }, i) => ({ name: recorded[i] ?? "", rows: executedConfigurations(rows) })),
      { name: "demo", rows: demo.rows },
    ],
    paper: await openPaper(),
    traits: methodTraits,
    places: await claimPlaces(),
    minutes,
  });
  return [
    "# Claims",
    "",
    "For reviewers of the artefact: every finding, table and figure of *Rethinking the Evaluation of Secure Code Generation* (ICSE ’26), where safelab",
    "shows it, and what the runs that come with safelab say of it. None of these runs repeats the paper’s experiment: the demo shows that everything",
    "works, the recorded runs are real outputs of two of the paper’s models without its methods. A run of your own is judged by the same rules:",
    "`npm run reproduce -- --run FOLDER`. Written by `npm run claims`; do not edit.",
    "",
    `Minutes: a whole notebook, measured on ${machine}.`,
    "",
    tableMarkdown(table),
  ].join("\n");
}

/** The minutes that a `CLAIMS.md` holds, to write it anew without measuring again. */
export function minutesIn(text: string): MeasuredMinutes {
  const machine = /^Minutes: a whole notebook, measured on (.*)\.$/m.exec(text)?.[1] ?? "no machine yet";
  const cells = [...text.matchAll(/^\| [^|]*\| (\w+)\\?\.ipynb, [^|]*\|[^|]*\| ([^|]*) \|/gm)];
  const minutes = Object.fromEntries(
    cells.map(([, notebook = "", measured = ""]) => [notebook, measured.replace("&lt;", "<")]),
  );
  return { minutes, machine };
}
