import { MultiBar, type Params, Presets, type SingleBar } from "cli-progress";
import { durationText, paceText, type StageBegin } from "../pace.js";
import { countsText, type Progress } from "../progress.js";
import { type LineParts, progressLine } from "./progressLine.js";

/** Shows the progress of long work: one line that moves in a terminal, one line per stage and minute elsewhere. */
export interface TerminalProgress {
  readonly onProgress: (progress: Progress) => void;
  /** Ends the current line. */
  close(): void;
}

/** What is waited for and for how long, e.g. `batch 1 of 6: 35s, given up at 19m 00s`. */
export function waitingText({ what, limitSeconds }: NonNullable<Progress["waiting"]>, seconds: number): string {
  const limit = limitSeconds === undefined ? "" : `, given up at ${durationText(limitSeconds)}`;
  return `${what}: ${durationText(seconds)}${limit}`;
}

/** A stage as it was last told, and when; and its beginning. */
interface Told {
  readonly step: Progress;
  readonly at: number;
  readonly begin: StageBegin;
}

/** Remembers what is told of each stage. */
function remember(stages: Map<string, Told>, step: Progress): Told {
  const at = performance.now();
  const told = { step, at, begin: stages.get(step.stage)?.begin ?? { at, done: step.done } };
  stages.set(step.stage, told);
  return told;
}

/** What a stage is at: what it waits for, or what is under way in it. */
function nowText({ step, at }: Told): string {
  return step.waiting === undefined ? (step.now ?? "") : waitingText(step.waiting, (performance.now() - at) / 1000);
}

/** Looks at all stages again and again, without keeping the process alive. */
function every(seconds: number, stages: ReadonlyMap<string, Told>, look: (told: Told) => void): () => void {
  const timer = setInterval(() => stages.forEach(look), 1000 * seconds);
  timer.unref();
  return () => clearInterval(timer);
}

/** The line of a bar, fitted to the terminal as wide as it is now. */
function barText(_: unknown, { value, total, startTime, stopTime }: Params, payload: unknown): string {
  const words = payload as Pick<LineParts, "stage" | "counts" | "pace" | "now">;
  const duration = durationText(((stopTime ?? Date.now()) - startTime) / 1000);
  return progressLine({ ...words, done: value, total, duration }, process.stderr.columns);
}

/** Makes a progress display on stderr: a bar per stage, so that stages may run side by side. */
export function terminalProgress(): TerminalProgress {
  if (!process.stderr.isTTY) return plainProgress();
  const lines = new MultiBar(
    {
      format: barText,
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const bars = new Map<string, SingleBar>();
  const stages = new Map<string, Told>();
  const draw = (told: Told, bar: SingleBar) => {
    const { step, begin } = told;
    // What waits has no pace, and the words on what for need its room.
    const pace = step.waiting === undefined ? paceText(begin, step, performance.now()) : "";
    const now = nowText(told);
    bar.update(step.done, { counts: countsText(step.counts), pace, now });
  };
  const stop = every(1, stages, (told) => {
    const bar = bars.get(told.step.stage);
    if (bar !== undefined && told.step.waiting !== undefined) draw(told, bar);
  });
  return {
    onProgress(step) {
      const { stage, done, total } = step;
      const told = remember(stages, step);
      const bar = bars.get(stage) ?? lines.create(total, done, { stage, counts: "", pace: "", now: "" });
      bars.set(stage, bar);
      bar.setTotal(total);
      draw(told, bar);
      // Its clock stands still then.
      if (done >= total) bar.stop();
    },
    close: () => {
      stop();
      lines.stop();
    },
  };
}

/** Where nothing moves: one line at the end of each stage, and one a minute until then. */
function plainProgress(): TerminalProgress {
  const stages = new Map<string, Told>();
  const written = new Map<string, number>();
  const write = (told: Told) => {
    const { step, begin } = told;
    written.set(step.stage, performance.now());
    const words = [countsText(step.counts), paceText(begin, step, performance.now()), nowText(told)];
    const { stage, done, total } = step;
    console.error(
      `  ${stage.padEnd(24)} ${done}/${total}  ${words.filter((word) => word !== "").join("  ")}`.trimEnd(),
    );
  };
  /** A minute after the last line; what is silent and has nothing under way has nothing to tell. */
  const isDue = ({ step, at, begin }: Told) => {
    const last = written.get(step.stage) ?? begin.at;
    const isLive = step.waiting !== undefined || step.now !== undefined || at > last;
    return step.done < step.total && isLive && performance.now() - last >= 60_000;
  };
  return {
    onProgress(step) {
      const told = remember(stages, step);
      if (step.done >= step.total) write(told);
    },
    close: every(5, stages, (told) => {
      if (isDue(told)) write(told);
    }),
  };
}
