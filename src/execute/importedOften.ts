import type { Task } from "../task/task.js";

/** Libraries whose import takes long and starts threads: a process with threads cannot be forked safely. */
const notAhead = new Set(["tensorflow", "keras", "torch", "jax"]);
const importLine = /^[ \t]*(?:import|from)[ \t]+([A-Za-z_][\w.]*)/gm;

/** The names of the modules that a text's lines import, the first of each line. */
export function importsIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(importLine)].map((match) => match[1] ?? ""));
}

function importsOf(task: Task): ReadonlySet<string> {
  return importsIn(task.style === "unittest" ? `${task.codePrompt}\n${task.reference}\n${task.test}` : task.setup);
}

/**
 * Modules that many of the tasks import, the most frequent first: those are imported once, before samples are forked.
 * Many are at least 5 tasks and 1 % of them.
 */
export function importedOften(tasks: readonly Task[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const task of tasks) for (const name of importsOf(task)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .filter(([name, count]) => count >= Math.max(5, tasks.length / 100) && !notAhead.has(name.split(".")[0] ?? ""))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([name]) => name);
}
