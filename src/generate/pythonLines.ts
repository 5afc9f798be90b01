/** A physical line of Python text. */
export interface PythonLine {
  readonly text: string;
  /** Whether a statement, a comment or a blank line begins here; `false` inside a string, a bracket or after a backslash. */
  readonly fresh: boolean;
}

const opening = "([{";
const closing = ")]}";

/**
 * Splits Python text into lines and tells which of them begin afresh. It never fails: a one-line string that is
 * not closed ends with its line, as it would for Python's tokenizer after an error.
 */
export function pythonLines(text: string): PythonLine[] {
  let quote = "";
  let depth = 0;
  let continued = false;
  return text.split("\n").map((line) => {
    const fresh = quote === "" && depth === 0 && !continued;
    continued = false;
    for (let at = 0; at < line.length; at += 1) {
      const char = line.charAt(at);
      if (char === "\\") {
        continued = quote === "" && at === line.length - 1;
        at += 1;
      } else if (quote !== "") {
        if (line.startsWith(quote, at)) {
          at += quote.length - 1;
          quote = "";
        }
      } else if (char === "#") break;
      else if (char === '"' || char === "'") {
        quote = line.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
        at += quote.length - 1;
      } else if (opening.includes(char)) depth += 1;
      else if (closing.includes(char)) depth = Math.max(0, depth - 1);
    }
    if (quote.length === 1 && !line.endsWith("\\")) quote = "";
    return { text: line, fresh };
  });
}
