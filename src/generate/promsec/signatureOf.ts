import type { Task } from "../../task/task.js";
import { pythonLines } from "../pythonLines.js";

/** The line or lines of a task's template that define its function, from `def` to the colon; `def name(...):` where the template has none. */
export function signatureOf({ entryPoint, prompts }: Pick<Task, "entryPoint" | "prompts">): string {
  const lines = pythonLines(prompts.ct);
  const name = entryPoint.replace(/[^\w]/g, "\\$&");
  const begins = new RegExp(`^\\s*(async\\s+)?def\\s+${name}\\s*\\(`);
  const first = lines.findIndex(({ text, fresh }) => fresh && begins.test(text));
  if (first < 0) return `def ${entryPoint}(...):`;
  const next = lines.findIndex(({ fresh }, at) => at > first && fresh);
  return lines
    .slice(first, next < 0 ? undefined : next)
    .map(({ text }) => text)
    .join("\n")
    .trim();
}
