import { z } from "zod";
import { textLines } from "../analysis/lineDiff.js";
import { cweNames } from "./cweNames.js";
import { itemView } from "./itemView.js";
import type { LabelSession } from "./labelSession.js";

/** An answer to a request: status and what the page gets as JSON. */
export interface ApiReply {
  readonly status: number;
  readonly body: unknown;
}

const longestNote = 20_000;

const AnswerRequest = z.strictObject({
  position: z.number().int().min(0),
  version: z.number().int().min(0),
  value: z.string(),
  cwe: z.array(z.number().int().positive().max(99_999)).max(50),
  lines: z.array(z.number().int().positive()).max(100_000),
  note: z.string().max(longestNote),
  seconds: z.number().min(0),
});

const refuse = (error: string): ApiReply => ({ status: 400, body: { error } });
const nothing: ApiReply = { status: 404, body: { error: "there is nothing here" } };

/** What the page must know before the first item. */
export function stateReply({ asked, total, role, open }: LabelSession): ApiReply {
  return { status: 200, body: { ...asked, total, role, start: open(0) ?? 0, cweNames } };
}

/** One item by its position in the annotator's order. */
export function itemReply(session: LabelSession, position: string | null): ApiReply {
  const view = position !== null && /^\d{1,9}$/.test(position) ? itemView(session, Number(position)) : undefined;
  return view === undefined ? nothing : { status: 200, body: view };
}

/** Records an answer and says which item is open next; 409 where the item was answered elsewhere meanwhile. */
export async function answerReply(session: LabelSession, request: unknown): Promise<ApiReply> {
  const parsed = AnswerRequest.safeParse(request);
  if (!parsed.success) return refuse("the page sent something that is no answer: reload it");
  const { position, version, value, cwe, lines, note, seconds } = parsed.data;
  const state = session.at(position);
  if (state === undefined) return nothing;
  if (!session.asked.answers.some((answer) => answer.value === value)) return refuse(`"${value}" is no answer`);
  const last = textLines(state.item.row.code ?? "").length;
  const outside = lines.find((line) => line > last);
  if (outside !== undefined) return refuse(`there is no line ${outside}: the code has ${last}`);
  if (session.role === "adjudicator" && note.trim() === "") return refuse("say in the note why this answer is right");
  const sorted = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b);
  const given = { value, cwe: sorted(cwe), lines: sorted(lines), note, seconds: Math.round(10 * seconds) / 10 };
  if (!(await session.give(position, version, given))) {
    return {
      status: 409,
      body: { error: "this item was answered in another window meanwhile: its answer is shown now" },
    };
  }
  return { status: 200, body: { next: session.open(position + 1) ?? null, answered: session.answered() } };
}

/** Takes the last answer back and says of which item. */
export async function undoReply(session: LabelSession): Promise<ApiReply> {
  return { status: 200, body: { position: (await session.undo()) ?? null } };
}
