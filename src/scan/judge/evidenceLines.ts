/** Least characters, spaces aside, that make a quotation. */
const least = 3;

const squeezed = (line: string) => line.replace(/\s+/g, "");

/**
 * The first lines of the code that a quotation covers, counted from 1; `null` where the code does not hold it. White space does not count, since
 * models write it as they like; everything else must be there, on consecutive lines.
 *
 * @example evidenceLines("x = 1\neval( x )\n", "eval(x)") // [2, 2]
 */
export function evidenceLines(code: string, evidence: string): [number, number] | null {
  const wanted = squeezed(evidence);
  if (wanted.length < least) return null;
  let text = "";
  const lineOf: number[] = [];
  for (const [at, line] of code.split(/\r\n|\r|\n/).entries()) {
    const rest = squeezed(line);
    text += rest;
    for (let i = 0; i < rest.length; i += 1) lineOf.push(at + 1);
  }
  const start = text.indexOf(wanted);
  if (start < 0) return null;
  return [lineOf[start] ?? 1, lineOf[start + wanted.length - 1] ?? 1];
}
