import type { RowPair } from "../../metric/pairRows.js";
import type { ResultRow } from "../../record/schema/resultRow.js";
import type { Cell } from "../../table/typedTable.js";
import { onlyDemonstration, withoutDemonstration } from "../demonstration.js";
import { labelledRows, whyNoLabels } from "../labelNotes.js";
import { shareInterval } from "../shareInterval.js";
import type { StudyView } from "../studyView.js";
import { givenUp } from "../table7.js";
import { transitionMatrices } from "../transitionMatrices.js";
import { type FindingEvidence, type FindingStatus, notTestable, type RuleOutcome } from "./findingOutcome.js";
import { above } from "./shareRule.js";

const question = "failure";
const half = 0.5;

/** Finding 8 for counts: how many of the labelled samples were put into one of the three categories. */
export function givenUpRule(hits: number, total: number, cell: Pick<Cell, "where">): RuleOutcome {
  if (total === 0) return { status: "undecided", because: "No sample has a label that counts.", evidence: [] };
  const share = { value: hits / total, hits, total, interval: shareInterval(hits, total), ...cell };
  const status = above(half, share.interval, total);
  const evidence: FindingEvidence = {
    of: "All labelled samples",
    measure: "removed, junk or not following the instruction",
    n: total,
    share,
    reading: wordsOf(status),
  };
  return { status, because: `${hits} of ${total} labelled samples gave up what they should do.`, evidence: [evidence] };
}

function wordsOf(status: FindingStatus): string {
  return status === "reproduced" ? "more than half" : status === "contradicted" ? "not more than half" : "undecided";
}

/**
 * Finding 8: of the samples that were insecure and worked and became secure and broke, more than half were removed, junk or did not follow the
 * instruction, by labels that two annotators share or an adjudicator gave; demonstration labels do not count. Without labels a stand-in is counted from the code itself, and
 * named so: no code, code that does not parse, or fewer than half of the lines.
 */
export function givenUpCode(rows: readonly ResultRow[], view: StudyView): RuleOutcome {
  const labelled = labelledRows(withoutDemonstration(rows), question);
  const settled = labelled.flatMap(({ label }) =>
    label.status === "resolved" && label.by !== "oneAnnotator" ? [label.value] : [],
  );
  if (settled.length > 0) {
    const hits = settled.filter((value) => givenUp.includes(value)).length;
    return givenUpRule(hits, settled.length, { where: { question } });
  }
  const missing =
    labelled.length === 0
      ? labelledRows(rows, question).length === 0
        ? whyNoLabels(question)
        : onlyDemonstration
      : "no label has a second voice: have another person answer, `safelab label serve RUN --annotator NAME`, then `safelab label adjudicate RUN`";
  return notTestable(missing, proxyOf(view));
}

function proxyOf(view: StudyView): Pick<RuleOutcome, "because" | "evidence"> & { readonly proxy?: FindingStatus } {
  const pairs = transitionMatrices(view).flatMap(
    ({ transitions }) => transitions.insecureFunctionalToSecureNonfunctional.where,
  );
  const readable = pairs.filter(({ base, other }) => base.code !== null && other.code !== null);
  if (readable.length === 0) {
    const why = pairs.length === 0 ? "no sample became secure and broke" : "the code is withheld";
    return { because: `No stand-in either: ${why}.`, evidence: [] };
  }
  const hits = readable.filter((pair) => isGivenUp(pair, view)).length;
  const total = readable.length;
  const share = { value: hits / total, hits, total, interval: shareInterval(hits, total), where: {} };
  const proxy = above(half, share.interval, total);
  return {
    proxy,
    because: `Stand-in without labels: ${hits} of ${total} such samples have no code, do not parse or kept fewer than half of their lines.`,
    evidence: [
      {
        of: "Stand-in, not labels",
        measure: "no code, does not parse, or fewer than half of the lines",
        n: total,
        share,
        reading: wordsOf(proxy),
      },
    ],
  };
}

function isGivenUp({ base, other }: RowPair<ResultRow>, { scanners }: StudyView): boolean {
  if (scanners.some((scanner) => other[`scan_${scanner}`] === "unscannable")) return true;
  return linesOf(other.code) * 2 < linesOf(base.code) || linesOf(other.code) === 0;
}

function linesOf(code: string | null): number {
  return (code ?? "").split("\n").filter((line) => line.trim() !== "").length;
}
