import { groupRows } from "../metric/groupRows.js";
import { notSent } from "../record/notSent.js";
import { scannerName } from "../analysis/names.js";
import type { ResultRow } from "../record/schema/resultRow.js";
import { missingCell, numberCell, textCell, type TypedTable, typedTable } from "../table/typedTable.js";

const counted: readonly (readonly [key: string, label: string, counts: (row: ResultRow) => boolean])[] = [
  ["planned", "planned", () => true],
  ["missing", "not generated", ({ sampleStatus }) => sampleStatus === "missing"],
  ["endpointFailed", "endpoint failed", ({ sampleStatus }) => sampleStatus === "endpointFailed"],
  ["noCode", "without code", (row) => hasSample(row) && row.scanHash === ""],
  ["executed", "executed", ({ execution }) => execution !== "notRun"],
  ["passed", "passed", ({ taskPass }) => taskPass === true],
  ["scanned", "scanned", ({ secure }) => secure !== "notScanned"],
  ["secure", "secure", ({ secure }) => secure === "secure"],
];

function hasSample({ sampleStatus }: ResultRow): boolean {
  return sampleStatus !== "missing" && sampleStatus !== "endpointFailed";
}

/** What only tasks with tests can be. */
const ofTests = ["executed", "passed"];
const noTests = "no test belongs to these tasks: there is nothing to execute";

function hasNoTests({ dataset, task, execution, facts }: ResultRow): boolean {
  return execution === "notRun" && facts.cases.get(JSON.stringify([dataset, task])) === 0;
}

/** How far every configuration of a run is: planned samples, what they became, which verdicts they have. */
export function statusTable(rows: readonly ResultRow[]): TypedTable {
  const groups = groupRows(rows, ["dataset", "prompt", "model", "method"]);
  return typedTable({
    id: "status",
    title: `Run ${rows[0]?.facts.path ?? ""}`,
    columns: [
      ...["dataset", "prompt", "model", "method"].map((key) => ({ key, label: key, kind: "text" as const })),
      ...counted.map(([key, label]) => ({ key, label, kind: "count" as const })),
    ],
    rows: groups.map((group) => {
      const { dataset, prompt, model, method } = group[0] as ResultRow;
      const where = { dataset, prompt, model, method };
      return {
        dataset: textCell(dataset),
        prompt: textCell(prompt),
        model: textCell(model),
        method: textCell(method),
        ...Object.fromEntries(counted.map(([key, , counts]) => [key, numberCell(group.filter(counts).length, where)])),
        ...(group.every(hasNoTests)
          ? Object.fromEntries(ofTests.map((key) => [key, missingCell(noTests, where)]))
          : {}),
      };
    }),
    notes: [...unionNotes(rows), ...decodingNotes(rows)],
  });
}

/** Models of whose samples the study's decoding is not the whole truth. */
function decodingNotes(rows: readonly ResultRow[]): string[] {
  return rows[0] === undefined ? [] : notSent(rows[0].facts.study).map((sentence) => `${sentence}.`);
}

/** Which scanners the columns `scanned` and `secure` are about, and what they have not scanned yet. */
function unionNotes(rows: readonly ResultRow[]): string[] {
  const union = rows[0]?.facts.study.union ?? [];
  const withSample = rows.filter(hasSample);
  const names = union.map(scannerName).join(", ");
  const lacking = union.flatMap((scanner) => {
    const count = withSample.filter((row) => row[`scan_${scanner}`] === "notScanned").length;
    return count === 0
      ? []
      : [
          `${scannerName(scanner)} has not scanned ${count} of ${withSample.length} samples: run \`safelab scan RUN --scanner ${scanner}\``,
        ];
  });
  return [`Scanned and secure: by all scanners of the union (${names}), as run.json names it.`, ...lacking];
}
