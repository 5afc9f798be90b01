import { MultiBar, Presets, type SingleBar } from "cli-progress";
import { countsText, type Progress } from "../progress.js";

/** Shows the progress of long work: one line that moves in a terminal, one line per stage elsewhere. */
export interface TerminalProgress {
  readonly onProgress: (progress: Progress) => void;
  /** Ends the current line. */
  close(): void;
}

/** Seconds as `42s` or `3m 05s`; what cannot be estimated yet is `…`. */
function timeText(seconds: unknown): string {
  const whole = Math.round(Number(seconds));
  if (!Number.isFinite(whole)) return "…";
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m ${String(whole % 60).padStart(2, "0")}s`;
}

/** What is waited for and for how long, e.g. `batch 1 of 6: 35s, given up at 19m 00s`. */
export function waitingText({ what, limitSeconds }: NonNullable<Progress["waiting"]>, seconds: number): string {
  const limit = limitSeconds === undefined ? "" : `, given up at ${timeText(limitSeconds)}`;
  return `${what}: ${timeText(seconds)}${limit}`;
}

/** The last step of each stage, and when it was told. */
type Told = Map<string, { readonly step: Progress; readonly at: number }>;

/** Looks at the stages that wait, again and again, without keeping the process alive. */
function everySecond(told: Told, seconds: number, look: (step: Progress, text: string) => void): () => void {
  const timer = setInterval(() => {
    for (const { step, at } of told.values())
      if (step.waiting !== undefined) look(step, waitingText(step.waiting, (performance.now() - at) / 1000));
  }, 1000 * seconds);
  timer.unref();
  return () => clearInterval(timer);
}

/** Makes a progress display on stderr: a bar per stage, so that stages may run side by side. */
export function terminalProgress(): TerminalProgress {
  if (!process.stderr.isTTY) return plainProgress();
  const lines = new MultiBar(
    {
      format:
        "  {stage} {bar} {value}/{total}  {rate}/s, {duration_formatted}, {eta_formatted} left  {counts}  {waiting}",
      barsize: 24,
      stream: process.stderr,
      hideCursor: true,
      etaBuffer: 20,
      formatTime: timeText,
    },
    Presets.shades_classic,
  );
  const bars = new Map<string, { readonly bar: SingleBar; readonly begun: number; readonly before: number }>();
  const told: Told = new Map();
  const stop = everySecond(told, 1, ({ stage }, waiting) => bars.get(stage)?.bar.update({ waiting }));
  return {
    onProgress(step) {
      const { stage, done, total, counts } = step;
      told.set(stage, { step, at: performance.now() });
      const shown = bars.get(stage) ?? {
        bar: lines.create(total, done, { stage: stage.padEnd(24), counts: "", rate: "…", waiting: "" }),
        begun: performance.now(),
        before: done,
      };
      bars.set(stage, shown);
      const rate = (1000 * (done - shown.before)) / Math.max(1, performance.now() - shown.begun);
      shown.bar.setTotal(total);
      const waiting = step.waiting === undefined ? "" : waitingText(step.waiting, 0);
      shown.bar.update(done, { counts: countsText(counts), rate: rate.toPrecision(2), waiting });
    },
    close: () => {
      stop();
      lines.stop();
    },
  };
}

/** Where nothing moves: one line at the end of each stage, and one a minute until then. */
function plainProgress(): TerminalProgress {
  const told: Told = new Map();
  const written = new Map<string, number>();
  const write = ({ stage, done, total }: Progress, words: string) =>
    console.error(`  ${stage.padEnd(24)} ${done}/${total}  ${words}`);
  return {
    onProgress(step) {
      const now = performance.now();
      told.set(step.stage, { step, at: now });
      const last = written.get(step.stage);
      if (last === undefined) written.set(step.stage, now);
      const isDue = last !== undefined && step.waiting === undefined && now - last >= 60_000;
      if (step.done < step.total && !isDue) return;
      written.set(step.stage, now);
      write(step, countsText(step.counts));
    },
    close: everySecond(told, 60, write),
  };
}
