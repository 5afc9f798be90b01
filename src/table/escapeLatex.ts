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
  "−": "$-$",
  "≤": "$\\leq$",
  "≥": "$\\geq$",
  "×": "$\\times$",
  Δ: "$\\Delta$",
  "–": "--",
  "…": "\\ldots{}",
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
  return text.replace(/[\\{}[\]&%$#_~^<>|"`→−≤≥×Δ–…]/g, (mark) => marks[mark] ?? mark);
}
