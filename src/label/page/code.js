/** Shows code with line numbers, alone or beside other code, and lets lines be marked by mouse. Text is only ever set as text. */

/** An element with a class and children. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
}

function sourceCell(tokens, className) {
  const cell = element("td", `source ${className}`.trim());
  const code = element("code", "");
  for (const [kind, text] of tokens) code.append(kind === "" ? text : element("span", `t-${kind}`, text));
  cell.append(code);
  return cell;
}

function numberCell(number, canMark) {
  const cell = element("td", "number");
  if (number === undefined) return cell;
  if (!canMark) {
    cell.append(String(number));
    return cell;
  }
  const button = element("button", "", String(number));
  button.type = "button";
  // One line is in the tab order, arrows go to the others: with two hundred the way to the answers would be long.
  button.tabIndex = number === 1 ? 0 : -1;
  button.dataset.line = String(number);
  cell.append(button);
  return cell;
}

/** The code as a table of lines. */
export function codeTable(lines, { canMark, marked, title }) {
  const table = element("table", "code");
  table.setAttribute("aria-label", title);
  const body = element("tbody", "");
  lines.forEach((tokens, i) => {
    const row = element("tr", "", numberCell(i + 1, canMark), sourceCell(tokens, ""));
    row.dataset.row = String(i + 1);
    body.append(row);
  });
  table.append(body);
  showMarks(table, marked);
  return table;
}

const signs = { removed: "−", added: "+", same: " " };

/** Lets arrow keys go from line to line, with Shift marking them; the space bar marks the one in focus. */
export function markByKeys(table, getMarked, change) {
  const buttons = [...table.querySelectorAll("button[data-line]")];
  table.addEventListener("keydown", (event) => {
    const from = Number(event.target.dataset?.line);
    const to = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 1, End: buttons.length }[event.key];
    if (!(from >= 1) || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = buttons[to - 1];
    if (next === undefined) return;
    if (event.shiftKey) change(linesOf({ from, before: new Set(getMarked()), on: true }, to));
    buttons[from - 1].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

/** Two texts side by side, with what was removed and added. */
export function diffTable(base, lines, pairs) {
  const table = element("table", "code diff");
  table.setAttribute("aria-label", "Code before and after");
  // Widths come from here: the first row's cells span three columns.
  table.append(
    element("colgroup", "", ...["number", "sign", "", "number", "sign", ""].map((kind) => element("col", kind))),
  );
  const head = element("tr", "", ...["Before: the base model’s code", "After: this sample"].map(headCell));
  table.append(element("thead", "", head));
  const body = element("tbody", "");
  for (const { left, right, same } of pairs) {
    const side = (texts, at, kind) => {
      const state = at === undefined ? "absent" : same ? "same" : kind;
      const sign = element("td", `sign ${state}`, signs[state] ?? "");
      if (state === kind) sign.setAttribute("aria-label", kind);
      return [numberCell(at === undefined ? undefined : at + 1, false), sign, sourceCell(texts[at] ?? [], state)];
    };
    body.append(element("tr", "", ...side(base, left, "removed"), ...side(lines, right, "added")));
  }
  table.append(body);
  return table;
}

function headCell(text) {
  const cell = element("th", "", text);
  cell.colSpan = 3;
  cell.scope = "colgroup";
  cell.setAttribute("role", "columnheader");
  return cell;
}

/** Shows which lines are marked. */
export function showMarks(table, marked) {
  for (const row of table.querySelectorAll("tr[data-row]")) {
    const isMarked = marked.has(Number(row.dataset.row));
    row.classList.toggle("marked", isMarked);
    const button = row.querySelector("button[data-line]");
    button?.setAttribute("aria-pressed", String(isMarked));
    button?.setAttribute("aria-label", `Line ${row.dataset.row}`);
  }
}

function lineAt(x, y) {
  const row = document.elementFromPoint(x, y)?.closest("tr[data-row]");
  return row === null || row === undefined ? undefined : Number(row.dataset.row);
}

/** Calls `change` with all marked lines whenever somebody clicks a line number or drags over several. */
export function markByMouse(table, getMarked, change) {
  let drag;
  table.addEventListener("pointerdown", (event) => {
    const button = event.target.closest("button[data-line]");
    if (button === null || event.button !== 0) return;
    event.preventDefault();
    const from = Number(button.dataset.line);
    drag = { from, before: new Set(getMarked()), on: !getMarked().has(from) };
    change(linesOf(drag, from));
  });
  table.addEventListener("pointermove", (event) => {
    const to = drag === undefined ? undefined : lineAt(event.clientX, event.clientY);
    if (to !== undefined) change(linesOf(drag, to));
  });
  const stop = new AbortController();
  window.addEventListener("pointerup", () => (drag = undefined), { signal: stop.signal });
  // A click without a pointer is a screen reader's or the Enter key's.
  table.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-line]");
    if (button === null || event.detail !== 0) return;
    const from = Number(button.dataset.line);
    change(linesOf({ from, before: new Set(getMarked()), on: !getMarked().has(from) }, from));
  });
  return () => stop.abort();
}

function linesOf({ from, before, on }, to) {
  const marked = new Set(before);
  for (let line = Math.min(from, to); line <= Math.max(from, to); line++) {
    if (on) marked.add(line);
    else marked.delete(line);
  }
  return marked;
}
