import { type CellFailure, red } from "./cellFailure.js";

/** Something that the compiler refuses. Lines and columns start at 1. */
export interface CellDiagnostic {
  /** The module it is in; empty for the cell itself. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

const placeOf = ({ file, line, column }: CellDiagnostic) =>
  `${file === "" ? "" : `${file}, `}line ${line}, column ${column}`;

/** The words of one place together: the compiler explains a refusal in several sentences. */
function byPlace(diagnostics: readonly CellDiagnostic[]): [CellDiagnostic, ...CellDiagnostic[]][] {
  const places: [CellDiagnostic, ...CellDiagnostic[]][] = [];
  for (const each of diagnostics) {
    const last = places.at(-1);
    if (last !== undefined && placeOf(last[0]) === placeOf(each)) last.push(each);
    else places.push([each]);
  }
  return places;
}

/** The line in question, its first word underlined. */
function excerpt({ file, line, column }: CellDiagnostic, source: string): string[] {
  const text = source.split("\n")[line - 1];
  if (file !== "" || text === undefined) return [];
  const word = /^(?:[\w$]+|"[^"]*"|'[^']*')/.exec(text.slice(column - 1))?.[0] ?? " ";
  const margin = " ".repeat(String(line).length);
  const space = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  return [`  ${line} | ${text}`, `  ${margin} | ${space}${red("~".repeat(word.length))}`];
}

/**
 * The failure of a cell that does not compile: every place with its line, the word underlined, and what the compiler says.
 *
 * @param source - the text of the cell
 */
export function compileFailure(diagnostics: readonly CellDiagnostic[], source: string): CellFailure {
  const places = byPlace(diagnostics);
  return {
    ename: "TypeScriptError",
    evalue: places.map((same) => `${placeOf(same[0])}: ${same.map(({ text }) => text).join(" ")}`).join("\n"),
    traceback: places.map(([first, ...further]) =>
      [
        `${red("TypeScript error")} in ${placeOf(first)}: ${first.text}`,
        ...further.map(({ text }) => `  ${text}`),
        ...excerpt(first, source),
      ].join("\n"),
    ),
  };
}
