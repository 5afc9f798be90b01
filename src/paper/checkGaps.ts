import type { PublishedNumber } from "../record/schema/publishedNumber.js";
import type { AuditFinding } from "./auditFinding.js";

const kinds: readonly [string, RegExp][] = [
  ["not transcribed", /^notTranscribed/],
  ["stands only in a chart", /^chart only/],
  ["unit unclear", /unit unclear/],
  ["to be read with its note", /although/],
];

/** What the copy at hand does not tell: numbers that stand only in a chart, were lost, or whose unit is unclear. They are never guessed. */
export function checkGaps(numbers: readonly PublishedNumber[]): AuditFinding[] {
  return kinds.flatMap(([name, pattern]) => {
    const places = new Map<string, PublishedNumber[]>();
    for (const number of numbers.filter(({ note }) => pattern.test(note))) {
      places.set(number.place, [...(places.get(number.place) ?? []), number]);
    }
    return [...places].map(([place, found]): AuditFinding => {
      const what = found.length > 3 ? `${found.length} numbers` : found.map(({ quantity }) => quantity).join(", ");
      const notes = [...new Set(found.map(({ note }) => note))].join("; ");
      return {
        check: "gaps",
        verdict: "untold",
        place,
        ids: found.map(({ id }) => id),
        says: `${what}: ${name} (${notes})`,
      };
    });
  });
}
