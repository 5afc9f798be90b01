const marks: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "''",
  "[": "{[}",
  "]": "{]}",
  "`": "\\textasciigrave{}",
  "→": "$\\rightarrow$",
  "≤": "$\\leq$",
  "≥": "$\\geq$",
  "×": "$\\times$",
  Δ: "$\\Delta$",
  "–": "--",
  "…": "\\ldots{}",
  "²": "$^2$",
  η: "$\\eta$",
  κ: "$\\kappa$",
  α: "$\\alpha$",
  χ: "$\\chi$",
  σ: "$\\sigma$",
  "√": "$\\surd$",
  "≈": "$\\approx$",
  "≠": "$\\neq$",
  "±": "$\\pm$",
  "·": "$\\cdot$",
  "−": "$-$",
};

/** Text that LaTeX prints as it stands; back-quoted spans become `\texttt`. */
export function escapeLatex(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, " ")
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? `\\texttt{${escapeMarks(part.slice(1, -1))}}` : escapeMarks(part)))
    .join("");
}

function escapeMarks(text: string): string {
  return [...text].map((letter) => marks[letter] ?? (known.test(letter) ? letter : codePoint(letter))).join("");
}

/** What LaTeX sets as it stands in UTF-8: ASCII, accented Latin letters, quotation marks. */
const known = /[\x20-\x7e\u00a0-\u017f‘’“”—§]/;

/** A letter that pdfLaTeX has no font for, as its number, so that the document is set all the same. */
function codePoint(letter: string): string {
  return `{[}U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase()}{]}`;
}
