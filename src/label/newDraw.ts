import { InputError } from "../error.js";
import { openAppender } from "../record/openAppender.js";
import { openRunAt } from "../record/openRun.js";
import { readRecords } from "../record/readRecords.js";
import { contentText, keyOf } from "../record/recordKinds.js";
import type { Draw, DrawFilter } from "../record/schema/draw.js";
import { drawFrame } from "./drawFrame.js";
import { type DrawOptions, drawSamples } from "./drawSamples.js";

/** What to draw: for which question, from which samples, how. */
export interface NewDrawOptions extends DrawOptions {
  readonly question: string;
  readonly filter: DrawFilter;
}

/** A draw, and whether it stood in the run folder already. */
export interface NewDraw {
  readonly draw: Draw;
  readonly isNew: boolean;
}

/**
 * Draws samples for annotators and records the draw in `draws.jsonl`. Drawn again it is found there.
 *
 * @throws InputError for an unknown question or name, too few samples, or where the same draw was made of other samples.
 */
export async function newDraw(folder: string, options: NewDrawOptions): Promise<NewDraw> {
  const { run, rows } = await openRunAt(folder);
  const { question, filter, seed, n, strata } = options;
  const { members, excluded } = drawFrame(rows, question, filter);
  if (members.length === 0) {
    const why = excluded.map(({ reason, count }) => `${count} ${reason}`).join(", ") || "the filter leaves none";
    throw new InputError(`no sample can be drawn for ${question}: ${why}`);
  }
  const drawn = drawSamples(members, { seed, n, strata });
  const draw: Draw = { schemaVersion: 1, question, seed, n, filter, strata, ...drawn, excluded: [...excluded] };
  const earlier = (await readRecords(run, "draws")).find((each) => keyText(each) === keyText(draw));
  if (earlier !== undefined) {
    if (contentText("draws", earlier) === contentText("draws", draw)) return { draw: earlier, isNew: false };
    throw new InputError(
      `${run.path}/draws.jsonl holds this draw, made of ${earlier.frame.count} samples where there are ${draw.frame.count} now: ` +
        "go on with it as it is, or draw with another --seed",
    );
  }
  const appender = await openAppender(run, "draws");
  try {
    await appender.append(draw);
  } finally {
    await appender.close();
  }
  return { draw, isNew: true };
}

function keyText(draw: Draw): string {
  return JSON.stringify(keyOf("draws", draw));
}
