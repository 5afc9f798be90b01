import { scannerName, scannerOrder } from "../analysis/names.js";
import { textLines } from "../analysis/lineDiff.js";
import type { ResultRow } from "../record/schema/resultRow.js";

/** A line of a sample's code with what scanners say of it. */
export interface CodeLine {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
  readonly findings: readonly string[];
}

/** A finding in words, and its lines. */
interface Told {
  readonly text: string;
  readonly lines: readonly [number, number];
}

/** The lines of a sample's code. Tabs are four spaces; what cannot be seen, such as a change of direction, is written out. */
export function codeLines(row: ResultRow): CodeLine[] {
  const findings = toldFindings(row);
  return textLines(row.code ?? "").map((text, i) => ({
    number: i + 1,
    text: visible(text),
    findings: findings.filter(({ lines: [from, to] }) => from <= i + 1 && i + 1 <= to).map((each) => each.text),
  }));
}

/** At most this many findings are written below a listing. */
const most = 5;

/**
 * One sentence a finding: `Line 3: Bandit B324 (CWE-327): Use of weak MD5 hash.` Of an insecure sample without findings why no line is
 * marked.
 */
export function findingNotes(row: ResultRow, of = ""): string[] {
  const told = toldFindings(row);
  const begin = (start: string) =>
    of === "" ? `${start.charAt(0).toUpperCase()}${start.slice(1)}` : `${of}, ${start}`;
  if (told.length === 0 && row.secure === "insecure" && row.code !== "") {
    return [`${begin("no line is marked")}: ${whyUnmarked(row)}.`];
  }
  const notes = told.slice(0, most).map(({ text, lines: [from, to] }) => {
    return `${begin(from === to ? `line ${from}` : `lines ${from}–${to}`)}: ${text}`;
  });
  return told.length > most ? [...notes, `${told.length - most} more findings.`] : notes;
}

function whyUnmarked(row: ResultRow): string {
  const flagging = row.facts.study.union.filter((scanner) => row[`scan_${scanner}`] === "insecure");
  return flagging.length > 0
    ? `the record of ${flagging.map(scannerName).join(", ")} names no line`
    : "the code does not parse, no scanner could read it, and such code counts as insecure in this study";
}

function toldFindings({ findings }: ResultRow): Told[] {
  return scannerOrder(Object.keys(findings))
    .flatMap((scanner) => (findings[scanner] ?? []).map((finding) => ({ scanner, ...finding })))
    .sort((a, b) => a.lines[0] - b.lines[0])
    .map(({ scanner, ruleId, cwe, message, lines }) => {
      const weakness = cwe.length === 0 ? "" : ` (${cwe.map((id) => `CWE-${id}`).join(", ")})`;
      return { lines, text: `${scannerName(scanner)} ${ruleId}${weakness}${message === "" ? "" : `: ${message}`}` };
    });
}

function visible(text: string): string {
  return text
    .replace(/\t/g, "    ")
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}
