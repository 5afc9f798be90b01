import { decodingText } from "../../record/decodingText.js";
import type { ResultRow } from "../../record/schema/resultRow.js";
import type { Study } from "../../record/schema/study.js";
import { type Row, textCell, type TypedTable, typedTable } from "../../table/typedTable.js";
import { promptName, scannerName } from "../names.js";
import { type StudyView, studyView } from "../studyView.js";

/** The version of a tool that a run's records name, e.g. `Bandit 1.9.4`. */
export interface ToolVersions {
  readonly scanners: Readonly<Record<string, readonly string[]>>;
  /** Hashes of the prompts that judges were asked with. */
  readonly judgePrompts: Readonly<Record<string, readonly string[]>>;
}

/**
 * What the paper leaves unstated, and what this run chose: every line is a choice that other numbers may hang on.
 *
 * @param versions as the run's records name them (`toolVersions`); without them the lines say where to look
 * @throws InputError for no rows.
 */
export function tableChoices(rows: readonly ResultRow[], versions?: ToolVersions): TypedTable {
  const view = studyView(rows);
  const { study } = view;
  const choices: readonly (readonly [string, string])[] = [
    ["Decoding", decodingText(study)],
    ["Kind of prompt of each table", `${view.prompts.map(promptName).join(", ")}; never pooled`],
    ["Severity from which a finding counts", severityWords(study)],
    [
      "Code that does not parse",
      `counts as ${study.policies.unscannable === "exclude" ? "neither: it is left out and counted" : study.policies.unscannable}`,
    ],
    ["Versions of the scanners", scannerWords(view, versions)],
    ["Prompts of the judges", judgeWords(view, versions)],
    ["Variant of the t test", "independent, two-sided, pooled variance (Student’s), beside it exact McNemar on pairs"],
    ["Correction for many tests", "Holm over each table’s tests, beside the unadjusted p"],
    [
      "Repair of indentation",
      study.policies.repair.scope === "none"
        ? "none"
        : `${study.policies.repair.scope}, applied to ${study.policies.repair.applyTo}`,
    ],
  ];
  return typedTable({
    id: "tableChoices",
    title: "Unstated in the paper, and chosen here",
    columns: [
      { key: "unstated", label: "Unstated in the paper", kind: "text" },
      { key: "choice", label: "Our choice", kind: "text" },
    ],
    rows: choices.map(([unstated, choice]): Row => ({ unstated: textCell(unstated), choice: textCell(choice) })),
    notes: ["All of them stand in run.json or in the records of the run; another choice is a change there."],
  });
}

function severityWords({ union, thresholds }: Study): string {
  return union
    .map((scanner) => {
      const { severity, confidence } = thresholds[scanner] ?? { severity: "LOW", confidence: "LOW" };
      return `${scannerName(scanner)}: severity ${severity}, confidence ${confidence}`;
    })
    .join("; ");
}

function scannerWords({ scanners, study }: StudyView, versions: ToolVersions | undefined): string {
  return scanners
    .map((scanner) => {
      const counted = study.counts.scanner[scanner]?.version;
      const known = counted === undefined ? (versions?.scanners[scanner] ?? []) : [counted];
      return `${scannerName(scanner)} ${known.length === 0 ? "(no scan recorded)" : known.join(" and ")}`;
    })
    .join(", ");
}

function judgeWords({ judges }: StudyView, versions: ToolVersions | undefined): string {
  if (judges.length === 0) return "no judge in this run";
  return judges
    .map((judge) => {
      const known = (versions?.judgePrompts[judge] ?? []).map((hash) => hash.slice(0, 12));
      return `${judge}: ${known.length === 0 ? "no reply recorded" : `prompt ${known.join(" and ")}`}`;
    })
    .join("; ");
}
