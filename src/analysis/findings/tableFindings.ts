import { InputError } from "../../error.js";
import {
  type Cell,
  type Column,
  missingCell,
  type Row,
  textCell,
  type TypedTable,
  typedTable,
} from "../../table/typedTable.js";
import type { FindingNumber, FindingOutcome } from "./findingOutcome.js";

/** A status in words; a stand-in's is named so. */
export function statusWords({ status, proxy }: Pick<FindingOutcome, "status" | "proxy">): string {
  const words = status === "notTestable" ? "not testable" : status;
  return proxy === undefined ? words : `${words} (stand-in: ${proxy})`;
}

/** What decided, or what is missing and which command makes it. */
function reasonOf({ because, missing }: FindingOutcome): string {
  const parts = [because, missing === undefined ? "" : `Missing: ${missing}.`];
  return parts.filter((part) => part !== "").join(" ");
}

/**
 * The findings with their status, the rule, and the numbers that decided in one sentence; beside them, where given, what the
 * published numbers say by the same rules.
 *
 * @param only which findings; all where left out
 * @param published `publishedFindings(…)`
 * @throws InputError for anything but outcomes, such as result rows.
 */
export function tableFindings(
  outcomes: readonly FindingOutcome[],
  only?: readonly FindingNumber[],
  published?: readonly FindingOutcome[],
): TypedTable {
  requireOutcomes("tableFindings", outcomes);
  const shown = outcomes.filter(({ finding }) => only === undefined || only.includes(finding));
  const reported = (finding: FindingNumber) => published?.find((each) => each.finding === finding);
  return typedTable({
    id: "tableFindings",
    title: "Do the findings hold?",
    columns: [
      { key: "finding", label: "Finding", kind: "text" },
      { key: "rule", label: "Holds if", kind: "text" },
      { key: "status", label: "Here", kind: "text" },
      { key: "because", label: "What decided", kind: "text" },
      ...(published === undefined
        ? []
        : [{ key: "published", label: "By the printed numbers", kind: "text" as const }]),
    ],
    rows: shown.map((outcome): Row => {
      const paper = reported(outcome.finding);
      return {
        finding: textCell(`${outcome.finding}. ${outcome.claim}`),
        rule: textCell(outcome.rule),
        status: textCell(statusWords(outcome)),
        because: textCell(reasonOf(outcome)),
        ...(paper === undefined ? {} : { published: textCell(`${statusWords(paper)}: ${reasonOf(paper)}`) }),
      };
    }),
    notes: [
      "Rules fixed before any run. Cell: a method that is not the baseline, on one data set, prompt and model. Up, down: the 95 % bootstrap interval of the paired Δ excludes 0 and Holm’s p is below .05 over the finding’s tests. Fewer than 20 units are undecided, and so is an interval on both sides of its bound.",
    ],
  });
}

const columns: readonly Column[] = [
  { key: "finding", label: "Finding", kind: "text" },
  { key: "of", label: "Of", kind: "text" },
  { key: "measure", label: "Measure", kind: "text" },
  { key: "n", label: "n", kind: "count" },
  { key: "share", label: "Share", kind: "rate" },
  { key: "difference", label: "Δ", kind: "difference" },
  { key: "p", label: "Holm", kind: "p" },
  { key: "reading", label: "Reading", kind: "text" },
];

/**
 * The numbers behind the findings, one a row.
 *
 * @param only which findings; all where left out
 * @throws InputError for anything but outcomes, such as result rows.
 */
export function tableFindingEvidence(outcomes: readonly FindingOutcome[], only?: readonly FindingNumber[]): TypedTable {
  requireOutcomes("tableFindingEvidence", outcomes);
  const shown = outcomes.filter(({ finding }) => only === undefined || only.includes(finding));
  const empty = missingCell("not part of this number", {});
  return typedTable({
    id: "tableFindingEvidence",
    title: "The numbers behind the findings",
    columns,
    rows: shown.flatMap((outcome) =>
      outcome.evidence.map(({ of, measure, n, share, difference, p, reading }): Row => {
        const where = (share ?? difference)?.where ?? {};
        const number = (value: number | undefined): Cell => (value === undefined ? empty : { value, where });
        return {
          finding: textCell(String(outcome.finding), where),
          of: textCell(of, where),
          measure: textCell(measure, where),
          n: number(n),
          share: share ?? empty,
          difference: difference ?? empty,
          p: number(p),
          reading: textCell(reading, where),
        };
      }),
    ),
    notes: shown
      .filter(({ evidence }) => evidence.length === 0)
      .map(({ finding, because, missing }) => `Finding ${finding}: no number. ${missing ?? because}`),
  });
}

function requireOutcomes(name: string, outcomes: readonly object[]): void {
  if (outcomes.some((each) => !("claim" in each))) {
    throw new InputError(`${name} takes the outcomes of the findings: ${name}(findings(rows, methodTraits))`);
  }
}
