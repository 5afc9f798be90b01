/** The labelling page: one sample at a time, every answer on the disk before the next one shows. */
import { codeTable, diffTable, element, markByKeys, markByMouse, showMarks } from "./code.js";
import { cweText, fillCompletions, linesText, parseCwe, parseLines, showChosen } from "./fields.js";

const by = (id) => document.getElementById(id);
const idle = { marked: new Set(), cwe: new Set() };
let study;
let view;
let now = { ...idle, table: undefined, stop: () => undefined };
let busy = false;
/** What was typed but not saved, by position. */
const drafts = new Map();
const watch = { seconds: 0, since: performance.now() };

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error(
      "Not saved: the server does not answer. Start `safelab label serve` again and open its new address.",
    );
  }
  const body = await response.json().catch(() => ({ error: `the server answered ${response.status}` }));
  if (!response.ok) throw Object.assign(new Error(body.error), { status: response.status });
  return body;
}

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

function say(text, kind = "") {
  by("status").textContent = text;
  by("status").className = kind;
}

/** Seconds for which this item was looked at; a hidden window does not count. */
function lookedAt() {
  const running = document.visibilityState === "visible" ? (performance.now() - watch.since) / 1000 : 0;
  return watch.seconds + running;
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") watch.seconds += (performance.now() - watch.since) / 1000;
  else watch.since = performance.now();
});

const isTyping = () => ["INPUT", "TEXTAREA"].includes(document.activeElement?.tagName ?? "");

function mark(lines) {
  now.marked = lines;
  showMarks(now.table, lines);
  by("lines").value = linesText(lines);
  by("lines").setCustomValidity("");
  keepDraft();
}

function choose(cwe) {
  now.cwe = cwe;
  showChosen(by("chosen"), cwe, study.cweNames, (one) => choose(new Set([...now.cwe].filter((each) => each !== one))));
  keepDraft();
}

function keepDraft() {
  drafts.set(view.position, { lines: [...now.marked], cwe: [...now.cwe], note: by("note").value });
}

function addCwe() {
  const field = by("cwe");
  if (field.value.trim() === "") return true;
  const cwe = parseCwe(field.value, study.cweNames);
  if (cwe === undefined) {
    say(`“${field.value}” is no CWE number, and no name or not one only: type more of it`, "wrong");
    return false;
  }
  field.value = "";
  choose(new Set([...now.cwe, cwe]));
  say(`${cweText(cwe, study.cweNames)} added`);
  return true;
}

function showCode() {
  now.stop();
  if (view.base !== undefined) {
    by("code").replaceChildren(diffTable(view.base, view.code, view.pairs));
    return;
  }
  now.table = codeTable(view.code, { canMark: study.evidence, marked: now.marked, title: "Code" });
  now.stop = study.evidence ? markByMouse(now.table, () => now.marked, mark) : () => undefined;
  if (study.evidence) markByKeys(now.table, () => now.marked, mark);
  by("code").replaceChildren(now.table);
}

function showCards() {
  by("others").hidden = view.answers === undefined;
  by("cards").replaceChildren(
    ...(view.answers ?? []).map(({ value, cwe, lines, note }, i) => {
      const text = study.answers.find((answer) => answer.value === value)?.text ?? value;
      const facts = [
        ...(lines.length === 0 ? [] : [`Lines ${linesText(lines)}`]),
        ...cwe.map((each) => cweText(each, study.cweNames)),
      ];
      return element(
        "article",
        "card",
        element("h3", "", `Annotator ${i + 1}`),
        element("p", "value", text),
        ...(facts.length === 0 ? [] : [element("p", "hint", facts.join("; "))]),
        element("p", "note", note === "" ? "No note." : note),
      );
    }),
  );
}

function showProgress(answered) {
  by("progress").max = study.total;
  by("progress").value = answered;
  by("count").textContent = `Sample ${view.position + 1} of ${study.total}, ${answered} answered`;
  document.title = `${answered}/${study.total} ${study.text}`;
  by("back").disabled = view.position === 0;
  by("forward").disabled = view.position === study.total - 1;
}

async function show(position) {
  view = await ask(`item?at=${position}`);
  const kept = drafts.get(position) ?? { lines: [], cwe: [], note: "", ...view.given };
  now.marked = new Set(kept.lines);
  by("lines").value = linesText(now.marked);
  by("cwe").value = "";
  by("note").value = kept.note;
  by("instruction").replaceChildren(
    ...view.instruction.map(({ isCode, text }) => (isCode ? element("code", "", text) : text)),
  );
  showCode();
  showCards();
  now.cwe = new Set(kept.cwe);
  showChosen(by("chosen"), now.cwe, study.cweNames, (one) =>
    choose(new Set([...now.cwe].filter((each) => each !== one))),
  );
  for (const button of by("answers").children) {
    button.setAttribute("aria-pressed", String(button.dataset.value === view.given?.value));
  }
  showProgress(view.answered);
  watch.seconds = 0;
  watch.since = performance.now();
  // A screen reader starts to read here; keys work, since this is no text field.
  by("instruction-title").focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** One thing at a time: a key that is held down or pressed twice does not answer the next sample as well. */
async function alone(work) {
  if (busy) return;
  busy = true;
  say("");
  document.body.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (error) {
    if (error.status === 409) {
      drafts.delete(view.position);
      await show(view.position).catch(() => undefined);
    }
    say(error.message, "wrong");
  } finally {
    busy = false;
    document.body.removeAttribute("aria-busy");
  }
}

const give = (value) =>
  alone(async () => {
    if (study.evidence && !addCwe()) return;
    const lines =
      study.evidence && view.base === undefined ? parseLines(by("lines").value, view.code.length) : new Set();
    if (lines === undefined) {
      by("lines").focus();
      throw new Error(`“${by("lines").value}” are no lines of this code: write 3-5, 9`);
    }
    if (study.role === "adjudicator" && by("note").value.trim() === "") {
      by("note").focus();
      throw new Error("Say first why this answer is right.");
    }
    const { position, version } = view;
    const sent = { position, version, value, cwe: [...now.cwe], lines: [...lines], note: by("note").value };
    const { next, answered } = await post("answer", { ...sent, seconds: lookedAt() });
    drafts.delete(position);
    await show(next ?? position);
    const text = study.answers.find((answer) => answer.value === value)?.text ?? value;
    say(
      next === null ? `Saved. All ${answered} samples are answered: you can close this page.` : `Saved: ${text}`,
      "good",
    );
  });

const go = (step) =>
  alone(async () => {
    const to = view.position + step;
    if (to < 0 || to >= study.total) return;
    await show(to);
    say("");
  });

const undo = () =>
  alone(async () => {
    const { position } = await post("undo", {});
    if (position === null) return say("There is no answer to take back.");
    drafts.delete(position);
    await show(position);
    say("The last answer is taken back.", "good");
  });

function keyList() {
  const keys = [
    ...study.answers.map(({ text }, i) => [String(i + 1), text]),
    ["← →", "previous and next sample"],
    ["u", "take the last answer back"],
    ...(study.evidence ? [["l", "type line numbers"], ["↑ ↓", "in the line numbers: move, with Shift mark; Space marks one"], ["c", "type a CWE"]] : []), // prettier-ignore
    ["n", "write a note"],
    ["Esc", "leave a text field"],
    ["?", "this list"],
  ];
  by("key-list").replaceChildren(
    ...keys.flatMap(([key, text]) => [element("dt", "", element("kbd", "", key)), element("dd", "", text)]),
  );
}

function onKey(event) {
  if (event.key === "Escape" && isTyping()) return document.activeElement.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping() || by("keys").open) return;
  const answer = /^[1-9]$/.test(event.key) ? study.answers[Number(event.key) - 1] : undefined;
  const actions = {
    ArrowLeft: () => go(-1),
    ArrowRight: () => go(1),
    u: undo,
    "?": () => by("keys").showModal(),
    n: () => by("note").focus(),
    ...(study.evidence ? { l: () => by("lines").focus(), c: () => by("cwe").focus() } : {}),
  };
  const action = answer === undefined ? actions[event.key] : () => give(answer.value);
  if (action === undefined) return;
  event.preventDefault();
  action();
}

function wire() {
  by("question").textContent = study.text;
  by("evidence").hidden = !study.evidence;
  by("note-label").textContent = study.role === "adjudicator" ? "Why? (needed)" : "Note";
  by("answers").replaceChildren(
    ...study.answers.map(({ value, text }, i) => {
      const button = element("button", "answer", element("kbd", "", String(i + 1)), " ", text);
      button.type = "button";
      button.dataset.value = value;
      button.setAttribute("aria-keyshortcuts", String(i + 1));
      button.addEventListener("click", () => give(value));
      return button;
    }),
  );
  fillCompletions(by("cwe-names"), study.cweNames);
  keyList();
  by("back").addEventListener("click", () => go(-1));
  by("forward").addEventListener("click", () => go(1));
  by("undo").addEventListener("click", undo);
  by("help").addEventListener("click", () => by("keys").showModal());
  by("note").addEventListener("input", keepDraft);
  by("lines").addEventListener("input", () => {
    const lines = parseLines(by("lines").value, view.code.length);
    by("lines").setCustomValidity(lines === undefined ? "no lines of this code" : "");
    if (lines === undefined) return;
    now.marked = lines;
    showMarks(now.table, lines);
    keepDraft();
  });
  by("cwe").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    addCwe();
  });
  document.addEventListener("keydown", onKey);
  // What is typed and not saved would be gone.
  window.addEventListener("beforeunload", (event) => {
    if (drafts.size > 0) event.preventDefault();
  });
}

try {
  study = await ask("state");
  wire();
  by("main").hidden = false;
  await show(study.start);
  if (view.answered === study.total) say(`All ${study.total} samples are answered. An answer can still be changed.`);
} catch (error) {
  by("main").hidden = false;
  say(error.message, "wrong");
}
