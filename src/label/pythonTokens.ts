import hljs from "highlight.js/lib/core";
import python from "highlight.js/lib/languages/python";

/** A stretch of code with the name of its colour, empty for none. */
export type CodeToken = readonly [kind: string, text: string];

hljs.registerLanguage("python", python);

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
};

/** Characters that are not seen, or that turn the reading direction, and so could show other code than there is. */
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/**
 * Python code as lines of coloured stretches, for a page that puts them in as text. Characters that cannot be seen come as their
 * number, of kind `unseen`.
 *
 * @param lines the code's lines; colours know what spans several
 */
export function pythonTokens(lines: readonly string[]): CodeToken[][] {
  const { value } = hljs.highlight(lines.join("\n"), { language: "python", ignoreIllegals: true });
  const made: CodeToken[][] = [[]];
  const open: string[] = [];
  for (const part of value.split(/(<span class="[^"]*">|<\/span>|\n)/)) {
    const opened = /^<span class="([^"]*)">$/.exec(part);
    if (opened !== null) open.push(kindOf(opened[1] ?? ""));
    else if (part === "</span>") open.pop();
    else if (part === "\n") made.push([]);
    else if (part !== "") made.at(-1)?.push(...visible(open.at(-1) ?? "", plain(part)));
  }
  return lines.length === 0 ? [] : made;
}

/** `hljs-title function_` → `title`. */
function kindOf(classes: string): string {
  return (classes.split(" ")[0] ?? "").replace("hljs-", "");
}

function plain(html: string): string {
  return html.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => entities[entity] ?? entity);
}

function visible(kind: string, text: string): CodeToken[] {
  return text
    .split(new RegExp(`(${unseen.source})`))
    .filter((part) => part !== "")
    .map((part) =>
      unseen.test(part)
        ? ["unseen", `U+${part.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`]
        : [kind, part],
    );
}
