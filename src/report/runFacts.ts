import { decodingText } from "../record/decodingText.js";
import { looseLabelLines } from "../record/looseLabels.js";
import { looseSampleLines } from "../record/looseSamples.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import type { Study } from "../record/schema/study.js";

function verdictsText(rows: readonly ResultRow[], { provenance }: Study): string {
  const executed = rows.filter(({ execution }) => execution !== "notRun").length;
  const scanned = rows.filter(({ secure }) => secure !== "notScanned").length;
  const counts = `${executed} executed, ${scanned} scanned`;
  return provenance === undefined ? counts : `${counts}; ${provenance}`;
}

/** What a reader must know about the run behind the numbers: name and value. */
export function runFacts(rows: readonly ResultRow[]): (readonly [string, string])[] {
  const { study, path, looseLabels = [], looseSamples = [] } = (rows[0] as ResultRow).facts;
  const { policies, union } = study;
  const generated = rows.filter(({ sampleStatus }) => sampleStatus !== "missing").length;
  return [
    ["Run", `${study.name} (${path})`],
    ["Data sets", study.datasets.map(({ name }) => name).join(", ")],
    ["Models", study.models.map(({ name }) => name).join(", ")],
    ["Methods", [...new Set(rows.map(({ method }) => method))].join(", ")],
    ["Samples", `${generated} of ${rows.length} planned; k = ${study.k}, repeats: ${study.repeats}`],
    ...looseSampleLines(looseSamples).map((line) => ["Not counted", line] as const),
    ["Decoding", decodingText(study)],
    [
      "Secure",
      `no finding of ${union.join(", ")}; code that is missing or does not parse counts as: ${policies.unscannable}` +
        (policies.scanFailed === "secure" ? "; a scan that failed counts as: secure" : ""),
    ],
    ["Verdicts", verdictsText(rows, study)],
    ...looseLabelLines(looseLabels).map((line) => ["Labels", line] as const),
  ];
}
