/** What is typed: line numbers and CWEs. */
import { element } from "./code.js";

/** `{3, 4, 5, 9}` → `3-5, 9` */
export function linesText(lines) {
  const sorted = [...lines].sort((a, b) => a - b);
  const runs = [];
  for (const line of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(", ");
}

/** `3-5, 9` → `{3, 4, 5, 9}`; `undefined` for what are no lines of the code. */
export function parseLines(text, last) {
  const lines = new Set();
  for (const part of text.split(/[\s,;]+/).filter((each) => each !== "")) {
    const match = /^(\d+)(?:[-–](\d+))?$/.exec(part);
    if (match === null) return undefined;
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (from < 1 || to < from || to > last) return undefined;
    for (let line = from; line <= to; line++) lines.add(line);
  }
  return lines;
}

/** The number of a CWE that was typed by number or by name; `undefined` where neither fits exactly one. */
export function parseCwe(text, names) {
  const typed = text.trim().toLowerCase();
  const number = /^(?:cwe)?[-\s]*(\d{1,5})(?:\D.*)?$/.exec(typed);
  if (number !== null) return Number(number[1]) > 0 ? Number(number[1]) : undefined;
  if (typed === "") return undefined;
  const exact = names.filter(([, name]) => name.toLowerCase() === typed);
  const fitting = exact.length > 0 ? exact : names.filter(([, name]) => name.toLowerCase().includes(typed));
  return fitting.length === 1 ? fitting[0][0] : undefined;
}

/** `CWE-78 OS command injection` */
export function cweText(cwe, names) {
  const name = names.find(([number]) => number === cwe)?.[1];
  return name === undefined ? `CWE-${cwe}` : `CWE-${cwe} ${name}`;
}

/** Fills the list that the CWE field completes from. */
export function fillCompletions(list, names) {
  list.replaceChildren(
    ...names.map(([cwe]) => {
      const option = element("option", "");
      option.value = cweText(cwe, names);
      return option;
    }),
  );
}

/** Shows the chosen CWEs, each with a button that removes it. */
export function showChosen(list, chosen, names, remove) {
  list.replaceChildren(
    ...[...chosen].map((cwe) => {
      const button = element("button", "remove", "×");
      button.type = "button";
      button.setAttribute("aria-label", `Remove CWE-${cwe}`);
      button.addEventListener("click", () => remove(cwe));
      return element("li", "", cweText(cwe, names), " ", button);
    }),
  );
}
