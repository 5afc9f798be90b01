import { methodName, promptName } from "../analysis/names.js";
import { stateName } from "../analysis/stateName.js";
import { exclusionReason } from "../metric/exclusionReason.js";
import { sampleState } from "../metric/transitions.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { Where } from "../table/typedTable.js";

/** What a sample answers: task, model, and the prompt where the study has both kinds. */
export function sampleTitle({ task, model, prompt, facts }: ResultRow): string {
  const kind = facts.study.prompts.length > 1 ? ` (${promptName(prompt)})` : "";
  return `Task ${task} by ${model}${kind}`;
}

/** A sample's method and what it is, as far as it is known: `Base: insecure, functional`. Why it is insecure where no scanner says so. */
export function sampleWords(row: ResultRow): string {
  const known = exclusionReason(row, ["execution", "union"]) === undefined;
  const state = known ? stateName(sampleState(row)).toLowerCase() : row.secure === "insecure" ? "insecure" : "";
  const why = row.code === "" ? " (no code)" : row.secure === "insecure" && !isFlagged(row) ? " (does not parse)" : "";
  return (state === "" ? methodName(row.method) : `${methodName(row.method)}: ${state}`) + why;
}

/** Whether a scanner of the union calls the sample insecure; otherwise the study's policy does, because no scanner could read it. */
export function isFlagged(row: ResultRow): boolean {
  return row.facts.study.union.some((scanner) => row[`scan_${scanner}`] === "insecure");
}

/** Column values that select one sample. */
export function sampleWhere({ dataset, task, prompt, model, method, repeat, index }: ResultRow): Where {
  return { dataset, task, prompt, model, method, repeat, index };
}
