import { type Fence, fences } from "./fences.js";
import { plainCode } from "./plainCode.js";

/** What a chat reply came to. There is code exactly where the status is `generated` or `truncated`. */
export type ExtractedCode =
  | { readonly status: "generated" | "truncated"; readonly code: string }
  | { readonly status: "empty" | "refused"; readonly code: null };

const pythonTags = new Set(["", "python", "py", "python3", "python2", "py3"]);
const refusal =
  /\b(i['’]?m (very |really |so )?sorry|i am (very )?sorry|i apologi[sz]e|my apologies|i (can['’]?t|cannot|can not|won['’]?t|will not) (help|assist|provide|comply|fulfil|do|write|create|generate|complete|support)|(i['’]?m|i am) (unable|not able) to|as an ai\b)/i;

/**
 * Finds the code in a chat reply. Thinking between `<think>` tags is left out. Of several fenced blocks the first that
 * defines the entry point counts, else the first that is Python or has no tag, else the first; without fences, what
 * reads as Python. The code begins at its first line, has `\n` as line ends, and ends with exactly one.
 *
 * @param finishReason why the server stopped; `length` makes code `truncated`, `content_filter` or `refusal` a lack of it `refused`
 * @example extractCode("Sure:\n```python\ndef f(): ...\n```", "f", "stop"); // { status: "generated", code: "def f(): ...\n" }
 */
export function extractCode(reply: string, entryPoint: string, finishReason: string | null): ExtractedCode {
  const text = withoutThinking(reply.replace(/\r\n?/g, "\n"));
  const blocks = fences(text).filter(({ code }) => code.trim() !== "");
  const found = blocks.length > 0 ? chosen(blocks, entryPoint).code : plainCode(withoutChatMarks(text));
  if (found !== null && found.trim() !== "")
    return { status: finishReason === "length" ? "truncated" : "generated", code: tidied(found) };
  const refused = finishReason === "content_filter" || finishReason === "refusal" || refusal.test(text.slice(0, 600));
  return { status: refused ? "refused" : "empty", code: null };
}

function chosen(blocks: readonly Fence[], entryPoint: string): Fence {
  const name = entryPoint.replace(/[^\w]/g, "\\$&");
  const defines = new RegExp(`^[ \\t]*(async[ \\t]+)?def[ \\t]+${name}[ \\t]*\\(`, "m");
  const best =
    blocks.find(({ code }) => defines.test(code)) ?? blocks.find(({ tag }) => pythonTags.has(tag)) ?? blocks[0];
  if (best === undefined) throw new RangeError("no fenced block to choose from");
  return best;
}

function withoutThinking(text: string): string {
  const thought = text.replace(/<think>[\s\S]*?<\/think>/g, "");
  const open = thought.indexOf("<think>");
  return (open < 0 ? thought : thought.slice(0, open)).replace(/^[\s\S]*<\/think>/, "");
}

function withoutChatMarks(text: string): string {
  return text
    .replace(/<\|[\w ]+\|>|<\/?s>|\[\/?INST\]/g, "")
    .replace(/^\s*(assistant|answer|response|solution|python)\s*:?[ \t]*(?=\n)/i, "")
    .replace(/^\s*(assistant|answer|response|solution)\s*:[ \t]*/i, "");
}

function tidied(code: string): string {
  const lines = code.trimEnd().split("\n");
  while (lines[0]?.trim() === "") lines.shift();
  const margin = /^[ \t]+(?=(def|async def|class|import|from|@))/.exec(lines[0] ?? "")?.[0] ?? "";
  const indented = margin !== "" && lines.every((line) => line.startsWith(margin) || line.trim() === "");
  return `${(indented ? lines.map((line) => line.slice(margin.length)) : lines).join("\n")}\n`;
}
