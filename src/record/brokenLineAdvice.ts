import type { RecordKind } from "./recordKinds.js";

/** What makes the records of a kind again that are not in their file. */
const remakes: Readonly<Record<RecordKind, string>> = {
  tasks: "`safelab plan RUN` adds the task again, where its data set is registered",
  samples: "`safelab generate RUN` makes its sample again; one that was imported comes back with its import",
  environments: "`safelab execute RUN` writes it again",
  executions: "`safelab execute RUN` makes what it held again",
  scans: "`safelab scan RUN` makes what it held again; a report that was taken over is taken again with --import",
  judgements: "`safelab judge RUN` asks again for what it held",
  draws: "`safelab label new RUN` with the same seed and choices draws the same samples again",
  labels: "its answer is to be given again: `safelab label serve RUN --annotator NAME`",
};

const unpack = (file: string) => (file.endsWith(".gz") ? "get the file again, or unpack it and " : "");

/** What to do about a line that is no record. */
export function brokenLineAdvice(kind: RecordKind, file: string): string {
  return `${unpack(file)}correct the line or remove it: ${remakes[kind]}`;
}

/** What to do about a file whose last line was cut off. */
export function cutOffAdvice(kind: RecordKind, file: string): string {
  return `put the whole file back, or ${unpack(file)}end the line with a line break if it is whole, or remove it: ${remakes[kind]}`;
}
