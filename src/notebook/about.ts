import { join, relative } from "node:path";
import { projectRoot } from "../process/projectRoot.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { runFacts } from "../report/runFacts.js";

/**
 * A recorded study's folder as the project has it, and any other near the notebook's as seen from there, so that a stored notebook says
 * nothing of the machine; others in full.
 */
function fromNotebook(path: string): string {
  const own = relative(projectRoot(), path);
  if (own.startsWith(join("data", "recorded"))) return own;
  const near = relative(process.cwd(), path);
  return near.startsWith(join("..", "..")) ? path : near;
}

/**
 * What a reader must know about the run behind a notebook's numbers, as a Markdown table for `show`: data sets, models,
 * methods, decoding, policies, and where the verdicts come from.
 *
 * @example show(about(rows))
 */
export function about(rows: readonly ResultRow[]): string {
  const path = rows[0]?.facts.path ?? "";
  const facts = runFacts(rows).map(([name, value]) => [name, value.replace(`(${path})`, `(${fromNotebook(path)})`)]);
  const lines = facts.map(([name, value = ""]) => `| **${name}** | ${value.replaceAll("|", "\\|")} |`);
  return ["| | |", "|:--|:--|", ...lines].join("\n");
}
