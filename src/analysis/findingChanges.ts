import type { RowPair } from "../metric/pairRows.js";
import { cweFamily } from "../metric/cweFamily.js";
import type { ResultRow } from "../record/schema/resultRow.js";

/** A rule of a scanner, or a family of CWEs by whichever scanner. */
export type Reported =
  | { readonly kind: "rule"; readonly scanner: string; readonly rule: string }
  | { readonly kind: "family"; readonly family: number };

/** On how many of the same samples something was reported before and after. */
export interface FindingChange {
  readonly of: Reported;
  readonly before: number;
  readonly after: number;
  /** Reported before and not after. */
  readonly removed: number;
  /** Of `removed`: code that none of the scanners which reported it before can parse any more, so that they could report nothing. */
  readonly silenced: number;
  /** Reported after and not before. */
  readonly introduced: number;
}

interface Tally {
  readonly of: Reported;
  before: number;
  after: number;
  removed: number;
  silenced: number;
  introduced: number;
  /** The last pairs in which it was seen: a sample counts once however often it is reported. */
  seenBefore: number;
  seenAfter: number;
  /** Who reported it in the last of them before: of a rule its own scanner, of a family any. */
  readonly reporters: Set<string>;
}

/**
 * What is reported before and after, by rule and by family of CWEs, in one pass over the pairs. Most moved first; what is reported on neither
 * side is absent.
 *
 * @param scanners whose findings count
 */
export function findingChanges(pairs: readonly RowPair<ResultRow>[], scanners: readonly string[]): FindingChange[] {
  const families = new Map<number, Tally>();
  const rules = scanners.map((scanner) => ({ scanner, known: new Map<string, Tally>() }));
  const touched = ({ findings }: ResultRow, touch: Touch, at: number, before: Tally[]) => {
    for (const { scanner, known } of rules) {
      for (const { ruleId: rule, cwe } of findings[scanner] ?? nothing) {
        touch(known.get(rule) ?? newTally(known, rule, { kind: "rule", scanner, rule }), { at, scanner, before });
        for (const each of cwe) {
          const family = cweFamily(each);
          touch(families.get(family) ?? newTally(families, family, { kind: "family", family }), {
            at,
            scanner,
            before,
          });
        }
      }
    }
  };
  for (const [at, { base, other }] of pairs.entries()) {
    const before: Tally[] = [];
    touched(base, touchBefore, at, before);
    touched(other, touchAfter, at, before);
    const gone = before.filter(({ seenAfter }) => seenAfter !== at);
    for (const tally of gone) {
      tally.removed += 1;
      if ([...tally.reporters].every((scanner) => other[`scan_${scanner}`] === "unscannable")) tally.silenced += 1;
    }
  }
  const all = [...families.values(), ...rules.flatMap(({ known }) => [...known.values()])];
  return all
    .map(({ of, before, after, removed, silenced, introduced }) => ({
      of,
      before,
      after,
      removed,
      silenced,
      introduced,
    }))
    .sort((a, b) => b.removed + b.introduced - a.removed - a.introduced || b.before - a.before);
}

const nothing: ResultRow["findings"][string] = [];

/** Takes down that a scanner has a finding on one side of pair number `at`; `before` collects what its baseline has. */
type Touch = (tally: Tally, seen: { readonly at: number; readonly scanner: string; readonly before: Tally[] }) => void;

const touchBefore: Touch = (tally, { at, scanner, before }) => {
  if (tally.seenBefore !== at) {
    tally.seenBefore = at;
    tally.before += 1;
    tally.reporters.clear();
    before.push(tally);
  }
  tally.reporters.add(scanner);
};

const touchAfter: Touch = (tally, { at }) => {
  if (tally.seenAfter === at) return;
  tally.seenAfter = at;
  tally.after += 1;
  if (tally.seenBefore !== at) tally.introduced += 1;
};

function newTally<K>(known: Map<K, Tally>, key: K, of: Reported): Tally {
  const none = { before: 0, after: 0, removed: 0, silenced: 0, introduced: 0 };
  const tally: Tally = { of, ...none, seenBefore: -1, seenAfter: -1, reporters: new Set() };
  known.set(key, tally);
  return tally;
}
