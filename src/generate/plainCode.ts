import { pythonLines } from "./pythonLines.js";

const statement = new RegExp(
  [
    String.raw`#`,
    String.raw`@\w`,
    String.raw`[rbfu]{0,2}("""|''')`,
    String.raw`import\s+[\w.]+(\s*(,|as\s|;|#)|\s*$)`,
    String.raw`from\s+[\w.]+\s+import\s`,
    String.raw`(async\s+)?def\s+\w+\s*\(`,
    String.raw`class\s+\w+\s*[(:]`,
    String.raw`(if|elif|for|while|with|try|except|finally|else|async|match|case)\b.*:\s*(#.*)?$`,
    String.raw`(return|raise|assert|del|global|nonlocal|yield|await)\b(?!.*[.!?]$)`,
    String.raw`(pass|break|continue|return)\s*$`,
    String.raw`[A-Za-z_][\w.]*(\[[^\]]*\])*\s*(:\s*[\w.[\], |]+)?([-+*/%&|^@]|\*\*|//|<<|>>)?=(?!=)`,
    String.raw`[A-Za-z_][\w.]*\(.*(\)|,|\(|\[|\{)\s*(#.*)?$`,
    String.raw`[)\]}]`,
  ]
    .map((form) => `(${form})`)
    .join("|"),
  "y",
);

/** Whether a line without its indentation reads as the beginning of a Python statement. */
function isStatement(line: string): boolean {
  statement.lastIndex = 0;
  return statement.test(line);
}

/**
 * The Python code in a reply without a fence, or `null`. It begins at the first line at the left margin that reads as a
 * statement and holds a definition or an import after it, and ends before the first line at the margin that does not.
 * A reply of which every line is code is taken whole, so that a bare function body is found as well.
 */
export function plainCode(reply: string): string | null {
  const lines = reply.split("\n");
  const isWhole = pythonLines(reply).every(
    ({ text, fresh }) => !fresh || text.trim() === "" || isStatement(text.trimStart()),
  );
  if (isWhole && lines.some((line) => isStatement(line.trimStart()) && !/^\s*#/.test(line))) return reply;

  const start = lines.findIndex((line) => /^(import|from|async|def|class|@)\b|^@/.test(line) && isStatement(line));
  if (start < 0) return null;
  const rest = pythonLines(lines.slice(start).join("\n"));
  const end = rest.findIndex(({ text, fresh }) => fresh && /^\S/.test(text) && !isStatement(text));
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .map(({ text }) => text)
    .join("\n");
}
