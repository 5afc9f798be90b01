import type { ResultRow } from "../record/schema/resultRow.js";
import { type Cell, missingCell, type Row, textCell, type TypedTable, typedTable } from "../table/typedTable.js";
import { evidenceOf } from "./evidence.js";
import { type Measure, scannerMeasure, secureMeasure } from "./measure.js";
import { scannerName } from "./names.js";
import { securityNotes, unscannableNotes } from "./policyNotes.js";
import { shareInterval } from "./shareInterval.js";
import { stubCells, stubColumns } from "./stubColumns.js";
import { type Configuration, type StudyView, studyView } from "./studyView.js";
import { scannersSay } from "./scannersSay.js";

/**
 * Secure@1 by each scanner and by the study's union, each over all samples of which it has a verdict: the union is known wherever one of
 * its scanners flags a sample, also where another one failed. `tableRates` counts the samples whose verdicts are all known instead, so
 * that the rates of a row can be compared.
 *
 * @throws InputError for no rows.
 * @example tableSecure(rows)
 */
export function tableSecure(rows: readonly ResultRow[]): TypedTable {
  const view = studyView(rows);
  return typedTable({
    id: "tableSecure",
    title: "Secure@1 by each scanner and by the union",
    columns: [
      ...stubColumns(view),
      { key: "scanner", label: "Scanner", kind: "text" },
      { key: "n", label: "n", kind: "count" },
      { key: "flagged", label: "Flagged", kind: "count" },
      { key: "unscannable", label: "Unscannable", kind: "count" },
      { key: "secure", label: "Secure@1", kind: "rate" },
      { key: "excluded", label: "Left out", kind: "text" },
    ],
    rows: view.configurations.flatMap((configuration) => linesOf(view, configuration)),
    notes: [
      "Each line counts the samples of which it has a verdict (n), those with a finding (flagged) and " +
        "those without code that parses (unscannable); intervals: 95 %, Wilson’s.",
      ...securityNotes(view),
      ...unscannableNotes(view),
      ...view.notes,
    ],
  });
}

function linesOf({ scanners, study }: StudyView, configuration: Configuration): Row[] {
  const [only, ...others] = study.union;
  const isUnion = (scanner: string) => others.length === 0 && scanner === only;
  const nameOf = (scanner: string) => scannerName(scanner) + (isUnion(scanner) ? " (the union)" : "");
  const union = `Union (${study.union.map(scannerName).join(", ")})`;
  return [
    ...scanners.map((scanner) => lineOf(configuration, scannerMeasure(scanner), [scanner], nameOf(scanner))),
    ...(others.length === 0 ? [] : [lineOf(configuration, secureMeasure, study.union, union)]),
  ];
}

function lineOf(
  configuration: Configuration,
  { needs, metric }: Measure,
  scanners: readonly string[],
  name: string,
): Row {
  const { where } = configuration;
  const { counted, excluded, missing } = evidenceOf(configuration, needs);
  const total = counted.length;
  const hits = counted.reduce((sum, row) => sum + metric.score(row), 0);
  const [absent] = missing.values();
  const said = counted.map(scannersSay(scanners));
  const [only, ...others] = scanners;
  const countOf = (asked: "flagged" | "unscannable"): Cell => {
    if (absent !== undefined) return missingCell(absent, where);
    if (asked === "unscannable" && configuration.rows[0]?.facts.study.policies.unscannable === "exclude")
      return missingCell('left out by the policy "unscannable": "exclude" of run.json', where);
    const own = others.length > 0 ? { union: asked } : { [`scan_${only}`]: asked === "flagged" ? "insecure" : asked };
    return { value: said.filter((each) => each === asked).length, where: { ...where, ...own } };
  };
  return {
    ...stubCells(configuration),
    scanner: textCell(name, where),
    n: { value: total, total: configuration.rows.length, excluded, where },
    flagged: countOf("flagged"),
    unscannable: countOf("unscannable"),
    secure:
      absent === undefined
        ? { value: hits / total, hits, total, excluded, interval: shareInterval(hits, total), where }
        : missingCell(absent, where),
    excluded: textCell(excluded.map(({ reason, count }) => `${count} ${reason}`).join(", ")),
  };
}
