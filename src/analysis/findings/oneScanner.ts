import { scannerName } from "../names.js";
import type { StudyView } from "../studyView.js";

/** Why nothing can be said of scanners beside each other, and which command makes it. */
export function oneScanner({ scanners }: Pick<StudyView, "scanners">): string {
  const held = scanners.length === 0 ? "no scanner" : `${scanners.map(scannerName).join(", ")} alone`;
  return `the run holds verdicts of ${held}: name more scanners in \`union\` in run.json and run \`safelab scan RUN\``;
}
