import type { ResultRow } from "../../record/schema/resultRow.js";
import type { Cell } from "../../table/typedTable.js";
import { onlyDemonstration, withoutDemonstration } from "../demonstration.js";
import { labelledRows, whyNoLabels } from "../labelNotes.js";
import type { StudyView } from "../studyView.js";
import { table3 } from "../table3.js";
import { type FindingEvidence, type FindingStatus, notTestable, type RuleOutcome } from "./findingOutcome.js";
import { above, every } from "./shareRule.js";

/** What a judge's verdicts come to beside labels: their number, Youden's J and FP/(FP+TN) with their intervals. */
export interface JudgeScores {
  readonly name: string;
  readonly n: number;
  readonly youdenJ: Cell;
  readonly falsePositiveRate: Cell;
}

/** The share of secure samples that a judge accuses which is too much. */
const tooMuch = 0.25;

/** Finding 3 for judges whose scores are known: each is better than chance, and accuses more than a quarter of the secure samples. */
export function judgeRule(judges: readonly JudgeScores[]): RuleOutcome {
  const lines = judges.map(({ name, n, youdenJ, falsePositiveRate }) => {
    const status = ({ interval }: Cell, bound: number): FindingStatus =>
      interval === undefined ? "undecided" : above(bound, interval, n);
    const [helps, accuses] = [status(youdenJ, 0), status(falsePositiveRate, tooMuch)];
    const evidence: FindingEvidence[] = [
      { of: name, measure: "Youden’s J", n, difference: youdenJ, reading: words(helps, "above 0") },
      {
        of: name,
        measure: "FP/(FP+TN)",
        n,
        share: falsePositiveRate,
        reading: words(accuses, "above .25"),
      },
    ];
    return { status: every([helps, accuses]), helps, accuses, evidence };
  });
  const count = (key: "helps" | "accuses") => lines.filter((line) => line[key] === "reproduced").length;
  return {
    status: every(lines.map(({ status }) => status)),
    because: `Of ${lines.length} judges, J is above 0 for ${count("helps")} and FP/(FP+TN) above .25 for ${count("accuses")}.`,
    evidence: lines.flatMap(({ evidence }) => evidence),
  };
}

function words(status: FindingStatus, bound: string): string {
  return status === "reproduced" ? bound : status === "contradicted" ? `not ${bound}` : "undecided";
}

/** Finding 3: judges help, and report too much, held against people's labels; demonstration labels do not count. */
export function judgesOverReport(rows: readonly ResultRow[], { judges }: StudyView): RuleOutcome {
  if (judges.length === 0) {
    return notTestable("no judge has said anything: name one in `judges` in run.json and run `safelab judge RUN`");
  }
  const evidence = withoutDemonstration(rows);
  const lines = table3(evidence).rows.flatMap((row) => {
    const { tool, n, youdenJ, falsePositiveRate } = row;
    if (!String(tool?.where["tool"]).startsWith("judge_") || youdenJ === undefined || falsePositiveRate === undefined)
      return [];
    return [
      {
        name: String(tool?.value),
        n: typeof n?.value === "number" ? n.value : 0,
        youdenJ,
        falsePositiveRate,
        why: n?.missing,
      },
    ];
  });
  const judged = lines.filter(({ n }) => n > 0);
  if (judged.length === 0) {
    const hasOthers = labelledRows(evidence, "security").length > 0;
    if (!hasOthers && labelledRows(rows, "security").length > 0) return notTestable(onlyDemonstration);
    return notTestable(lines[0]?.why ?? whyNoLabels("security"));
  }
  return judgeRule(judged);
}
