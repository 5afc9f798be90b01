import type { CellDiagnostic } from "./compileFailure.js";

/** How tslab prints a refusal of the compiler: file and a space, or nothing; line; column; text. */
const diagnosticFormat = "%s%d:%d - %s";

/** What tslab's executor says of one cell. */
export type ExecutorWords =
  | { readonly kind: "diagnostic"; readonly diagnostic: CellDiagnostic }
  | { readonly kind: "thrown"; readonly thrown: unknown };

/** Reads what tslab's executor hands to `console.error`: a refusal of the compiler in parts, or the value that a cell threw. */
export function executorWords(words: readonly unknown[]): ExecutorWords {
  const [format, file, line, column, text] = words;
  if (format !== diagnosticFormat || words.length !== 5) return { kind: "thrown", thrown: format };
  return {
    kind: "diagnostic",
    diagnostic: { file: String(file).trim(), line: Number(line), column: Number(column), text: String(text) },
  };
}
