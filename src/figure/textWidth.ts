/** Letters of like width, and that width as a share of the size: Open Sans's, which is like Arial's; serif fonts are narrower. */
const classes: readonly (readonly [RegExp, number])[] = [
  [/[ \u00a0ijlI.,:;'’|!]/, 0.27],
  [/[frt()[\]{}"“”*\-/\\]/, 0.37],
  [/[mwMW@%]/, 0.92],
  [/[A-Z]/, 0.66],
  [/[\u2e80-\u{10ffff}]/u, 1.05],
];

/** Of all other letters and digits. */
const other = 0.58;

/** What bold letters are wider than others. */
const bold = 1.07;

function shareOf(letter: string): number {
  return classes.find(([letters]) => letters.test(letter))?.[1] ?? other;
}

/** Of the letters of ASCII, by their number: figures measure some ten thousand letters. */
const ascii: readonly number[] = Array.from({ length: 128 }, (_, code) => shareOf(String.fromCharCode(code)));

/** About how wide a text is in the figures' font, in pixels: pure code cannot ask a browser. Rather too wide than too narrow. */
export function textWidth(text: string, size: number, weight: "plain" | "bold" = "plain"): number {
  let sum = 0;
  for (const letter of text) sum += ascii[letter.codePointAt(0) ?? 0] ?? shareOf(letter);
  return sum * size * (weight === "bold" ? bold : 1);
}
