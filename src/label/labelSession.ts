import { InputError } from "../error.js";
import { type Appender, openAppender } from "../record/openAppender.js";
import { openRunAt } from "../record/openRun.js";
import { readHistory } from "../record/readRecords.js";
import { sampleKeyOf } from "../record/recordKinds.js";
import type { RunFolder } from "../record/runFolder.js";
import { AnnotatorName, type Label } from "../record/schema/label.js";
import { type Question, questionsOf } from "../record/schema/question.js";
import { SampleKey } from "../record/schema/sample.js";
import { hasDisagreement } from "./disagreement.js";
import { type LabelItem, labelItems } from "./labelItems.js";

/** What an annotator says of a sample. */
export type Given = Pick<Label, "cwe" | "lines" | "note" | "seconds"> & { readonly value: string };

/** An item as it stands. */
export interface ItemState {
  readonly item: LabelItem;
  /** The answer that counts now; absent where there is none. */
  readonly given: Given | undefined;
  /** How often the answer was set or taken back while this session runs. */
  readonly version: number;
}

/** Who answers which question, in which role. */
export interface SessionOptions {
  readonly question: string;
  readonly annotator: string;
  readonly role: Label["role"];
}

/** One person at work on the samples that were drawn for one question. */
export interface LabelSession extends SessionOptions {
  readonly asked: Question;
  readonly total: number;
  readonly answered: () => number;
  readonly at: (position: number) => ItemState | undefined;
  /** Position of the first item without an answer from this one on, then from the start; absent where all are answered. */
  readonly open: (from: number) => number | undefined;
  /**
   * Records an answer; when it resolves the answer is on the disk.
   *
   * @returns whether it was recorded: not where the item has changed since the version that the answer is about
   */
  readonly give: (position: number, version: number, given: Given) => Promise<boolean>;
  /** Takes the last answer back, to what was said before it. Returns its position; absent where there is none. */
  readonly undo: () => Promise<number | undefined>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the labels of one person for writing. Only one session at a time can write them.
 *
 * @throws InputError for a name that is no name, one that has the other role, an unknown question, or where nothing is drawn.
 */
export async function openLabelSession(folder: string, options: SessionOptions): Promise<LabelSession> {
  const opened = await openRunAt(folder);
  const { question, annotator, role } = options;
  const name = AnnotatorName.safeParse(annotator);
  if (!name.success)
    throw new InputError(`"${annotator}" is no name of an annotator: ${name.error.issues[0]?.message ?? ""}`);
  const questions = questionsOf(opened.run.study);
  const asked = Object.hasOwn(questions, question) ? questions[question] : undefined;
  if (asked === undefined) {
    throw new InputError(`the run has no question "${question}": it has ${Object.keys(questions).join(", ")}`);
  }
  const all = await labelItems(opened, question, annotator);
  const items = role === "annotator" ? all : all.filter(({ row }) => hasDisagreement(row.labels, question));
  // The lock comes before reading, so that nothing is written in between.
  const appender = await openAppender(opened.run, "labels", { part: annotator, durable: true });
  try {
    const history = await ownHistory(opened.run, options);
    return sessionOf({ options, asked, items, history, appender });
  } catch (error) {
    await appender.close();
    throw error;
  }
}

async function ownHistory(run: RunFolder, { question, annotator, role }: SessionOptions): Promise<Label[]> {
  const history = (await readHistory(run, "labels"))
    .map(({ record }) => record)
    .filter((label) => label.question === question && label.annotator === annotator);
  const other = history.find((label) => label.role !== role);
  if (other === undefined) return history;
  const why = role === "adjudicator" ? "a third person decides" : "who decided about answers cannot answer as well";
  throw new InputError(`${annotator} is an ${other.role} of ${question} already: ${why}, give another name`);
}

interface Parts {
  readonly options: SessionOptions;
  readonly asked: Question;
  readonly items: readonly LabelItem[];
  readonly history: readonly Label[];
  readonly appender: Appender<Label>;
}

function sessionOf({ options, asked, items, history, appender }: Parts): LabelSession {
  const keys = items.map(({ row }) => JSON.stringify(sampleKeyOf(row)));
  /** What was said of each item, one after the other; the last counts. */
  const said = items.map((): Given[] => []);
  const versions = items.map(() => 0);
  /** Positions in the order of the answers, for taking them back. */
  let order: number[] = [];
  for (const { value, cwe, lines, note, seconds, ...rest } of history) {
    const position = keys.indexOf(JSON.stringify(sampleKeyOf(rest)));
    if (position < 0) continue;
    order = order.filter((each) => each !== position || value !== null);
    if (value === null) said[position] = [];
    else {
      said[position]?.push({ value, cwe, lines, note, seconds });
      order.push(position);
    }
  }
  const record = (position: number, given: Given | undefined): Promise<void> => {
    const blank = { value: null, cwe: [], lines: [], note: "", seconds: null };
    const key = SampleKey.parse(items[position]?.row);
    return appender.append({ schemaVersion: 1, ...key, ...options, ...(given ?? blank) });
  };
  // One at a time: a second tab's answer is looked at when the first one's is on the disk.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.catch(() => undefined).then(work);
    last = next;
    return next;
  };
  const changed = (position: number) => (versions[position] = (versions[position] ?? 0) + 1);
  const isOpen = (position: number) => said[position]?.length === 0;
  const positions = items.map((_, position) => position);
  return {
    ...options,
    asked,
    total: items.length,
    answered: () => positions.filter((position) => !isOpen(position)).length,
    at: (position) => {
      const item = items[position];
      return item === undefined ? undefined : { item, given: said[position]?.at(-1), version: versions[position] ?? 0 };
    },
    open: (from) => positions.slice(from).find(isOpen) ?? positions.find(isOpen),
    give: (position, version, given) =>
      inTurn(async () => {
        if (versions[position] !== version) return false;
        await record(position, given);
        said[position]?.push(given);
        order.push(position);
        changed(position);
        return true;
      }),
    undo: () =>
      inTurn(async () => {
        const position = order.at(-1);
        if (position === undefined) return undefined;
        await record(position, said[position]?.at(-2));
        said[position]?.pop();
        order.pop();
        changed(position);
        return position;
      }),
    close: () => appender.close(),
  };
}
