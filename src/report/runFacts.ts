import { casePassAtK } from "../metric/casePassAtK.js";
import { groupRows } from "../metric/groupRows.js";
import { passAtK } from "../metric/passAtK.js";
import type { Rate } from "../metric/rate.js";
import { safeAtK } from "../metric/safeAtK.js";
import { secureAtK } from "../metric/secureAtK.js";
import { securePassAtK } from "../metric/securePassAtK.js";
import type { ResultRow } from "../record/schema/resultRow.js";

function text({ value, hits, total }: Rate): string {
  return total === 0 ? "unknown" : `${value.toFixed(3)} (${Number.isInteger(hits) ? hits : hits.toFixed(1)}/${total})`;
}

/** The numbers that matter, one line per configuration: Secure@1, Pass@1, Secure-Pass@1, SAFE@1, each with its n. */
export function headlines(rows: readonly ResultRow[]): string[] {
  return groupRows(rows, ["dataset", "prompt", "model", "method"]).map((group) => {
    const { dataset, prompt, model, method } = group[0] as ResultRow;
    return (
      `${dataset} ${prompt}  ${model}  ${method}: Secure@1 ${text(secureAtK(group))}, ` +
      `Pass@1 ${text(passAtK(group))} by task and ${casePassAtK(group).value.toFixed(3)} by case, ` +
      `Secure-Pass@1 ${text(securePassAtK(group))}, SAFE@1 ${safeAtK(group).value.toFixed(3)}`
    );
  });
}

/** What a reader must know about the run behind the numbers: name and value. */
export function runFacts(rows: readonly ResultRow[]): (readonly [string, string])[] {
  const { study, path } = (rows[0] as ResultRow).facts;
  const { decoding, policies, union } = study;
  return [
    ["Run", `${study.name} (${path})`],
    ["Data sets", study.datasets.map(({ name }) => name).join(", ")],
    ["Models", study.models.map(({ name }) => name).join(", ")],
    ["Methods", study.methods.join(", ")],
    ["Samples", `${rows.length} planned, k = ${study.k}, ${study.repeats} repeat(s)`],
    [
      "Decoding",
      `temperature ${decoding.temperature}, top-p ${decoding.topP}, at most ${decoding.maxTokens} tokens, seed ${study.seed}`,
    ],
    ["Secure", `no finding of ${union.join(", ")}; code that does not parse counts as: ${policies.unscannable}`],
    ["Verdicts", study.provenance ?? "executed and scanned on this machine"],
  ];
}
