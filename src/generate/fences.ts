/** A fenced code block of a Markdown text. */
export interface Fence {
  /** First word after the opening fence, lower case; empty without one. */
  readonly tag: string;
  readonly code: string;
  /** `false` where the text ends inside the block. */
  readonly closed: boolean;
}

const opener = /^(.*?)(`{3,}|~{3,})[ \t]*([^`]*)$/;

/**
 * The fenced code blocks of a text. As in CommonMark, a fence that is indented by more than 3 spaces against its opener does
 * not close it (docstrings may show fences). Beyond CommonMark, as models write it: a fence may open at the end of a
 * line of prose, close at the end of a line of code, and a fence with a tag closes the block before it.
 */
export function fences(text: string): Fence[] {
  const found: Fence[] = [];
  let open: { tag: string; mark: string; indent: number; lines: string[] } | undefined;
  const close = (closed: boolean) => {
    if (open !== undefined) found.push({ tag: open.tag, code: open.lines.join("\n"), closed });
    open = undefined;
  };
  for (const line of text.split("\n")) {
    const indent = line.length - line.trimStart().length;
    if (open === undefined) {
      open = opened(line);
      continue;
    }
    const own = line.trimStart().startsWith(open.mark) && indent <= open.indent + 3;
    if (own) {
      close(true);
      const again = opened(line);
      if (again !== undefined && /^\w+$/.test(line.trim().replace(/^[`~]+/, ""))) open = again;
    } else if (line.trimEnd().endsWith(open.mark) && !/^\s*[`~]/.test(line)) {
      open.lines.push(unindent(line.trimEnd().slice(0, -open.mark.length), open.indent));
      close(true);
    } else open.lines.push(unindent(line, open.indent));
  }
  close(false);
  return found;
}

function opened(line: string): { tag: string; mark: string; indent: number; lines: string[] } | undefined {
  const match = opener.exec(line);
  if (match === null) return undefined;
  const [, before = "", mark = "", info = ""] = match;
  const tag = (/[\w+#-]+/.exec(info)?.[0] ?? "").toLowerCase();
  return { tag, mark, indent: before.trim() === "" ? before.length : 0, lines: [] };
}

function unindent(line: string, most: number): string {
  const indent = line.length - line.trimStart().length;
  return line.slice(Math.min(indent, most));
}
