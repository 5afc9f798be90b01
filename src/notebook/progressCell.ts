import { randomBytes } from "node:crypto";
import { paceText, type StageBegin } from "../pace.js";
import { countsText, type Progress } from "../progress.js";
import { escapeHtml } from "../table/escapeHtml.js";
import { type Bundle, type DisplayBundle, kernelDisplay } from "./kernelDisplay.js";

/** Milliseconds between two drawings; the last step of a stage is always drawn. */
const drawMs = 100;

/** A stage as it was last told, and its beginning. */
interface Told {
  readonly step: Progress;
  readonly begin: StageBegin;
}

function told(before: Told | undefined, step: Progress): Told {
  return { step, begin: before?.begin ?? { at: performance.now(), done: step.done } };
}

/** How a stage goes: how its finished ones came out and, until all are, its pace and what is under way or waited for. A finished stage reads the same every time. */
function words({ step, begin }: Told): string[] {
  const { done, total, counts, waiting, now } = step;
  const going = done < total ? [paceText(begin, step, performance.now()), waiting?.what ?? now ?? ""] : [];
  return [countsText(counts), ...going].filter((text) => text !== "");
}

function line(stage: Told): string {
  const said = words(stage);
  return `${stage.step.stage} ${stage.step.done}/${stage.step.total}${said.length === 0 ? "" : `: ${said.join("; ")}`}`;
}

function bundleOf(title: string, stages: readonly Told[]): Bundle {
  const rows = stages.map((each) => {
    const { stage, done, total } = each.step;
    return (
      `<div>${escapeHtml(stage)} <progress max="${Math.max(1, total)}" value="${done}"></progress> ` +
      `${done}/${total} <small>${escapeHtml(words(each).join("; "))}</small></div>`
    );
  });
  return {
    "text/html": `<div><strong>${escapeHtml(title)}</strong>${rows.join("")}</div>`,
    "text/plain": [title, ...stages.map(line)].join("\n"),
  };
}

function inCell(title: string, display: DisplayBundle): (step: Progress) => void {
  const id = randomBytes(8).toString("hex");
  const stages = new Map<string, Told>();
  let drawn = 0;
  display(bundleOf(title, []), { id, update: false });
  return (step) => {
    stages.set(step.stage, told(stages.get(step.stage), step));
    if (Date.now() - drawn < drawMs && step.done < step.total) return;
    drawn = Date.now();
    display(bundleOf(title, [...stages.values()]), { id, update: true });
  };
}

/** Milliseconds after which a stage is told of again where nothing moves. */
const lineMs = 60_000;

function inTerminal(title: string): (step: Progress) => void {
  const stages = new Map<string, Told & { readonly tenth: number; readonly at: number }>();
  return (step) => {
    const tenth = step.total === 0 ? 10 : Math.floor((10 * step.done) / step.total);
    const before = stages.get(step.stage);
    if (before?.tenth === tenth && performance.now() - before.at < lineMs) return;
    const stage = told(before, step);
    stages.set(step.stage, { ...stage, tenth, at: performance.now() });
    console.log(`${title}: ${line(stage)}`);
  };
}

/**
 * An `onProgress` for the verbs that run long: one output of the cell, updated in place, a bar for every stage.
 * Outside a kernel it prints a line at every tenth of a stage, and every minute.
 *
 * @example await generateRun(run, { onProgress: progressCell("Generating") })
 */
export function progressCell(title: string): (step: Progress) => void {
  const display = kernelDisplay();
  return display === undefined ? inTerminal(title) : inCell(title, display);
}
