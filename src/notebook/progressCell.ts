import { randomBytes } from "node:crypto";
import { countsText, type Progress } from "../progress.js";
import { escapeHtml } from "../table/escapeHtml.js";
import { type Bundle, type DisplayBundle, kernelDisplay } from "./kernelDisplay.js";

/** Milliseconds between two drawings; the last step of a stage is always drawn. */
const drawMs = 100;

const countsOf = ({ counts }: Progress) => countsText(counts);

const line = (step: Progress) =>
  `${step.stage} ${step.done}/${step.total}${countsOf(step) === "" ? "" : `: ${countsOf(step)}`}`;

function bundleOf(title: string, steps: readonly Progress[]): Bundle {
  const rows = steps.map(
    (step) =>
      `<div>${escapeHtml(step.stage)} <progress max="${Math.max(1, step.total)}" value="${step.done}"></progress> ` +
      `${step.done}/${step.total} <small>${escapeHtml(countsOf(step))}</small></div>`,
  );
  return {
    "text/html": `<div><strong>${escapeHtml(title)}</strong>${rows.join("")}</div>`,
    "text/plain": [title, ...steps.map(line)].join("\n"),
  };
}

function inCell(title: string, display: DisplayBundle): (step: Progress) => void {
  const id = randomBytes(8).toString("hex");
  const steps = new Map<string, Progress>();
  let drawn = 0;
  display(bundleOf(title, []), { id, update: false });
  return (step) => {
    steps.set(step.stage, step);
    if (Date.now() - drawn < drawMs && step.done < step.total) return;
    drawn = Date.now();
    display(bundleOf(title, [...steps.values()]), { id, update: true });
  };
}

function inTerminal(title: string): (step: Progress) => void {
  const told = new Map<string, number>();
  return (step) => {
    const tenth = step.total === 0 ? 10 : Math.floor((10 * step.done) / step.total);
    if (told.get(step.stage) === tenth) return;
    told.set(step.stage, tenth);
    console.log(`${title}: ${line(step)}`);
  };
}

/**
 * An `onProgress` for the verbs that run long: one output of the cell, updated in place, a bar for every stage.
 * Outside a kernel it prints a line at every tenth of a stage.
 *
 * @example await generateRun(run, { onProgress: progressCell("Generating") })
 */
export function progressCell(title: string): (step: Progress) => void {
  const display = kernelDisplay();
  return display === undefined ? inTerminal(title) : inCell(title, display);
}
