import type { ResultRow } from "../record/schema/resultRow.js";
import { runFacts } from "../report/runFacts.js";

/**
 * What a reader must know about the run behind a notebook's numbers, as a Markdown table for `show`: data sets, models,
 * methods, decoding, policies, and where the verdicts come from.
 *
 * @example show(about(rows))
 */
export function about(rows: readonly ResultRow[]): string {
  const lines = runFacts(rows).map(([name, value]) => `| **${name}** | ${value.replaceAll("|", "\\|")} |`);
  return ["| | |", "|:--|:--|", ...lines].join("\n");
}
