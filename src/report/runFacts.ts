import { casePassAtK } from "../metric/casePassAtK.js";
import { groupRows } from "../metric/groupRows.js";
import { passAtK } from "../metric/passAtK.js";
import type { Rate } from "../metric/rate.js";
import { safeAtK } from "../metric/safeAtK.js";
import { secureAtK } from "../metric/secureAtK.js";
import { securePassAtK } from "../metric/securePassAtK.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { Study } from "../record/schema/study.js";

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

function decodingText({ models, decoding, seed }: Study): string {
  if (models.every(({ endpoint }) => endpoint === undefined)) return "not recorded: the samples were made elsewhere";
  const { temperature, topP, maxTokens } = decoding;
  return `temperature ${temperature}, top-p ${topP}, at most ${maxTokens} tokens, seed ${seed}`;
}

function verdictsText(rows: readonly ResultRow[], { provenance }: Study): string {
  const executed = rows.filter(({ execution }) => execution !== "notRun").length;
  const scanned = rows.filter(({ secure }) => secure !== "notScanned").length;
  const counts = `${executed} executed, ${scanned} scanned`;
  return provenance === undefined ? counts : `${counts}; ${provenance}`;
}

/** What a reader must know about the run behind the numbers: name and value. */
export function runFacts(rows: readonly ResultRow[]): (readonly [string, string])[] {
  const { study, path } = (rows[0] as ResultRow).facts;
  const { policies, union } = study;
  const generated = rows.filter(({ sampleStatus }) => sampleStatus !== "missing").length;
  return [
    ["Run", `${study.name} (${path})`],
    ["Data sets", study.datasets.map(({ name }) => name).join(", ")],
    ["Models", study.models.map(({ name }) => name).join(", ")],
    ["Methods", study.methods.join(", ")],
    ["Samples", `${generated} of ${rows.length} planned; k = ${study.k}, repeats: ${study.repeats}`],
    ["Decoding", decodingText(study)],
    [
      "Secure",
      `no finding of ${union.join(", ")}; code that is missing or does not parse counts as: ${policies.unscannable}`,
    ],
    ["Verdicts", verdictsText(rows, study)],
  ];
}
