import { Presets, SingleBar } from "cli-progress";
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

/** Makes a progress display on stderr. */
export function terminalProgress(): TerminalProgress {
  let stage = "";
  let bar: SingleBar | undefined;
  const close = () => {
    bar?.stop();
    bar = undefined;
  };
  const movingLine = ({ stage: name, done, total, counts }: Progress) => {
    if (name !== stage) {
      close();
      bar = new SingleBar(
        {
          format: "  {stage} {bar} {value}/{total}  {duration_formatted}, {eta_formatted} left  {counts}",
          barsize: 24,
          stream: process.stderr,
          hideCursor: true,
          clearOnComplete: false,
          etaBuffer: 20,
        },
        Presets.shades_classic,
      );
      bar.start(total, done, { stage: name.padEnd(24), counts: "" });
      stage = name;
    }
    bar?.setTotal(total);
    bar?.update(done, { counts: countsText(counts) });
  };
  const plainLine = ({ stage: name, done, total, counts }: Progress) => {
    if (done < total) return;
    console.error(`  ${name.padEnd(24)} ${done}/${total}  ${countsText(counts)}`);
  };
  return { onProgress: process.stderr.isTTY ? movingLine : plainLine, close };
}
