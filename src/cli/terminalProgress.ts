import { MultiBar, Presets, type SingleBar } from "cli-progress";
import type { Progress } from "../progress.js";

/** Shows the progress of long work: one line that moves in a terminal, one line per stage elsewhere. */
export interface TerminalProgress {
  readonly onProgress: (progress: Progress) => void;
  /** Ends the current line. */
  close(): void;
}

function countsText(counts: Progress["counts"]): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}

/** Seconds as `42s` or `3m 05s`; what cannot be estimated yet is `…`. */
function timeText(seconds: unknown): string {
  const whole = Math.round(Number(seconds));
  if (!Number.isFinite(whole)) return "…";
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m ${String(whole % 60).padStart(2, "0")}s`;
}

/** Makes a progress display on stderr: a bar per stage, so that stages may run side by side. */
export function terminalProgress(): TerminalProgress {
  if (!process.stderr.isTTY) return { onProgress: plainLine, close: () => undefined };
  const lines = new MultiBar(
    {
      format: "  {stage} {bar} {value}/{total}  {rate}/s, {duration_formatted}, {eta_formatted} left  {counts}",
      barsize: 24,
      stream: process.stderr,
      hideCursor: true,
      etaBuffer: 20,
      formatTime: timeText,
    },
    Presets.shades_classic,
  );
  const bars = new Map<string, { readonly bar: SingleBar; readonly begun: number; readonly before: number }>();
  return {
    onProgress({ stage, done, total, counts }) {
      const shown = bars.get(stage) ?? {
        bar: lines.create(total, done, { stage: stage.padEnd(24), counts: "", rate: "…" }),
        begun: performance.now(),
        before: done,
      };
      bars.set(stage, shown);
      const rate = (1000 * (done - shown.before)) / Math.max(1, performance.now() - shown.begun);
      shown.bar.setTotal(total);
      shown.bar.update(done, { counts: countsText(counts), rate: rate.toPrecision(2) });
    },
    close: () => lines.stop(),
  };
}

/** Where nothing moves: one line at the end of each stage. */
function plainLine({ stage, done, total, counts }: Progress): void {
  if (done === total) console.error(`  ${stage.padEnd(24)} ${done}/${total}  ${countsText(counts)}`);
}
