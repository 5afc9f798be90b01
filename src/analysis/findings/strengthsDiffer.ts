import { cweFamily, cweFamilyName } from "../../metric/cweFamily.js";
import type { Need } from "../../metric/exclusionReason.js";
import type { ResultRow } from "../../record/schema/resultRow.js";
import { evidenceOf } from "../evidence.js";
import { scannerName } from "../names.js";
import type { StudyView } from "../studyView.js";
import { fewestUnits, type FindingEvidence, notTestable, type RuleOutcome } from "./findingOutcome.js";
import { oneScanner } from "./oneScanner.js";

/** As many samples as a scanner must hit in a family that another does not see. */
const fewestHits = 5;

/**
 * Finding 2: every scanner has a family of CWEs that it never reports and another reports on five samples or more, and none
 * flags every sample that the union of those scanners flags. Code that does not parse is flagged by nobody.
 */
export function strengthsDiffer(view: StudyView): RuleOutcome {
  const needs = view.scanners.map((scanner): Need => `scan_${scanner}`);
  const parts = view.configurations.map((configuration) => evidenceOf(configuration, needs));
  const isSeen = (scanner: string) => parts.some(({ missing }) => !missing.has(`scan_${scanner}`));
  const scanners = view.scanners.filter(isSeen);
  if (scanners.length < 2) {
    const missing = scanners.length === 0 ? undefined : parts.flatMap((part) => [...part.missing.values()])[0];
    return notTestable(missing ?? oneScanner({ scanners }));
  }
  const isComplete = ({ missing }: (typeof parts)[number]) => scanners.every((each) => !missing.has(`scan_${each}`));
  const rows = parts.filter(isComplete).flatMap(({ counted }) => counted);
  const flags = (row: ResultRow, scanner: string) => row[`scan_${scanner}`] === "insecure";
  const flagged = rows.filter((row) => scanners.some((scanner) => flags(row, scanner)));
  const hits = new Map(scanners.map((scanner) => [scanner, familyHits(flagged, scanner)]));
  const lines = scanners.map((scanner) => {
    const blind = scanners
      .filter((other) => other !== scanner)
      .flatMap((other) => [...(hits.get(other) ?? [])].map(([family, count]) => ({ family, count, other })))
      .filter(({ family, count }) => count >= fewestHits && !hits.get(scanner)?.has(family))
      .sort((a, b) => b.count - a.count)[0];
    return { scanner, blind, own: flagged.filter((row) => flags(row, scanner)).length };
  });
  const holds = lines.every(({ blind, own }) => blind !== undefined && own < flagged.length);
  const seeing = lines.filter(({ blind }) => blind === undefined).map(({ scanner }) => scannerName(scanner));
  const whole = lines.filter(({ own }) => own === flagged.length).map(({ scanner }) => scannerName(scanner));
  const none = (names: readonly string[]) => (names.length === 0 ? "none" : names.join(", "));
  return {
    status: flagged.length < fewestUnits ? "undecided" : holds ? "reproduced" : "contradicted",
    because: `${flagged.length} samples are flagged by any scanner. Scanners without a blind spot: ${none(seeing)}; that flag all of them: ${none(whole)}.`,
    evidence: lines.flatMap(({ scanner, blind, own }): FindingEvidence[] => [
      {
        of: scannerName(scanner),
        measure: "flagged, of those that any scanner flags",
        n: flagged.length,
        ...(flagged.length === 0
          ? {}
          : {
              share: {
                value: own / flagged.length,
                hits: own,
                total: flagged.length,
                where: { [`scan_${scanner}`]: "insecure" },
              },
            }),
        reading: own === flagged.length ? "flags all" : "misses some",
      },
      {
        of: scannerName(scanner),
        measure: "a family with 0 hits where another has ≥ 5",
        n: flagged.length,
        reading:
          blind === undefined
            ? "none"
            : `${cweFamilyName(blind.family)}: ${scannerName(blind.other)} reports it on ${blind.count} samples`,
      },
    ]),
  };
}

/** On how many samples a scanner reports each family. */
function familyHits(rows: readonly ResultRow[], scanner: string): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { findings } of rows) {
    const families = new Set((findings[scanner] ?? []).flatMap(({ cwe }) => cwe.map(cweFamily)));
    for (const family of families) counts.set(family, (counts.get(family) ?? 0) + 1);
  }
  return counts;
}
