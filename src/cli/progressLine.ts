/** What the line of a stage says. */
export interface LineParts {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** How the finished ones came out; never shortened. */
  readonly counts: string;
  readonly duration: string;
  /** Rate and time left; may be empty. */
  readonly pace: string;
  /** What is under way or waited for; may be empty. */
  readonly now: string;
}

/** Forms of a line, from roomy to narrow: widths of the bar and the stage's name, the least that is to be seen of what is under way. */
const forms: readonly { readonly bar: number; readonly stage: number; readonly now: number; readonly pace: boolean }[] =
  [
    { bar: 24, stage: 40, now: Infinity, pace: true },
    { bar: 8, stage: 40, now: 40, pace: true },
    { bar: 8, stage: 32, now: 20, pace: true },
    { bar: 0, stage: 32, now: 16, pace: true },
    { bar: 0, stage: 24, now: 12, pace: true },
    { bar: 0, stage: 24, now: 0, pace: true },
    { bar: 0, stage: 12, now: 0, pace: true },
    { bar: 0, stage: 12, now: 0, pace: false },
  ];

/**
 * The line of a stage on a terminal of so many columns, e.g. `m base nl demo-cases ███░░░░░ 10/26  generated 9, empty 1  12s, 50/min, 19s left`.
 * Where it does not fit, what is under way, the bar, the stage's name and the pace are shortened or left out, in about that order; how many are
 * done and how they came out never is.
 */
export function progressLine(parts: LineParts, columns: number): string {
  const { now } = parts;
  let line = "";
  for (const form of forms) {
    line = lineOf(parts, form);
    const left = columns - 1 - line.length;
    if (left < 0 || (now !== "" && form.now > 0 && left - 2 < Math.min(now.length, form.now))) continue;
    return left - 2 < Math.min(now.length, 8) || now === "" ? line : `${line}  ${shortened(now, left - 2)}`;
  }
  return line;
}

/** A line without what is under way. */
function lineOf({ stage, done, total, counts, duration, pace }: LineParts, form: (typeof forms)[number]): string {
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const full = Math.round(share * form.bar);
  const bar = form.bar === 0 ? "" : ` ${"\u2588".repeat(full)}${"\u2591".repeat(form.bar - full)}`;
  const time = form.pace && pace !== "" ? `${duration}, ${pace}` : duration;
  const words = [`${done}/${total}`, counts, time].filter((word) => word !== "");
  return `  ${shortened(stage, form.stage).padEnd(Math.min(24, form.stage))}${bar} ${words.join("  ")}`;
}

/** The beginning of a text that may have so many characters, with an ellipsis where some are left out. */
function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1).trimEnd()}…`;
}
