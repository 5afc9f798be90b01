import { stopSignal } from "../../cellSignal.js";
import pMap from "p-map";
import { InputError, InterruptedError, SetupError } from "../../error.js";
import type { WorkOptions } from "../../progress.js";
import { type Appender, openAppender } from "../../record/openAppender.js";
import { plannedSamples } from "../../record/plannedSamples.js";
import { readRecords } from "../../record/readRecords.js";
import type { RunFolder } from "../../record/runFolder.js";
import type { Judgement } from "../../record/schema/judgement.js";
import type { StudyJudge } from "../../record/schema/study.js";
import { scanTexts } from "../scanTexts.js";
import { judgeCode } from "./judgeCode.js";
import { openJudge, type ReachedJudge } from "./openJudge.js";

export interface JudgeOptions extends WorkOptions {
  /** Names of judges of the study; all by default. */
  readonly judges?: readonly string[];
  /** The value of an environment variable that the study names as `keyVariable`; none is set by default. */
  readonly keys?: (variable: string) => string | undefined;
  /** Requests at the same time to each server, 8 by default; the embedded model takes one. */
  readonly concurrency?: number;
}

/** What a call of {@link judgeRun} did. */
export interface JudgeSummary {
  /** New judgements by status, all judges together. */
  readonly counts: Readonly<Record<string, number>>;
  /** Why new judgements are no verdict: what was wrong with the last reply, by status. */
  readonly problems: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Judgements that were there before. */
  readonly skipped: number;
  readonly seconds: number;
}

/** Failures in a row after which a judge is given up. */
const patience = 3;
const keyOf = (scanHash: string, judge: string, promptHash: string) => JSON.stringify([scanHash, judge, promptHash]);

/**
 * Asks the study's judges about every distinct text of the planned samples that has no judgement yet, and appends each when it is there: an interrupted run goes on where it was. A failed
 * request is a judgement `judgeFailed`, tried again by the next call; after three in a row the judge is given up and the others go on. Judges
 * are never part of the union.
 *
 * @throws InputError for a study without judges, SetupError when a judge cannot be used or was given up, InterruptedError when stopped.
 */
export async function judgeRun(run: RunFolder, options: JudgeOptions = {}): Promise<JudgeSummary> {
  const start = performance.now();
  const wanted = judgesOf(run, options.judges);
  const { texts } = scanTexts(await plannedSamples(run));
  const { keys = () => undefined, concurrency = 8 } = options;
  const work = { ...options, ...stopSignal(options) };
  const counts: Record<string, number> = {};
  const problems: Record<string, Record<string, number>> = {};
  const givenUp: string[] = [];
  let skipped = 0;
  const appender = await openAppender(run, "judgements");
  try {
    const done = await readRecords(run, "judgements");
    const recorded = new Set(
      done
        .filter(({ status }) => status !== "judgeFailed")
        .map((each) => keyOf(each.scanHash, each.judge, each.promptHash)),
    );
    for (const study of wanted) {
      const judge = await openJudge(study, run.study.seed, { keys, concurrency, ...stopSignal(options) });
      try {
        otherPrompt(done, judge);
        const missing = [...texts].filter(([hash]) => !recorded.has(keyOf(hash, judge.name, judge.promptHash)));
        skipped += texts.size - missing.length;
        const error = await judgeMissing(judge, missing, {
          appender,
          counts,
          problems,
          total: texts.size,
          options: work,
        });
        if (error !== undefined) givenUp.push(`${judge.name} (${error})`);
      } finally {
        await judge.close();
      }
    }
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError("judging was stopped; what was judged is kept, start again to go on");
  } finally {
    await appender.close();
  }
  if (givenUp.length > 0)
    throw new SetupError(
      `given up after three failed requests in a row: ${givenUp.join("; ")}. What was judged is kept; see to the server and start again`,
    );
  return { counts, problems, skipped, seconds: (performance.now() - start) / 1000 };
}

function judgesOf({ study, path }: RunFolder, names: readonly string[] | undefined): StudyJudge[] {
  const known = study.judges.map(({ name }) => name);
  if (known.length === 0)
    throw new InputError(
      `${path}/run.json names no judge: add e.g. "judges": [{ "name": "qwen2.5-72b", "endpoint": "http://127.0.0.1:8000/v1", "served": "Qwen/Qwen2.5-72B-Instruct" }]`,
    );
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new InputError(`run.json has no judge "${unknown}"; it has ${known.join(", ")}`);
  return study.judges.filter(({ name }) => names?.includes(name) ?? true);
}

/** @throws InputError where a judge was asked in another way before: its verdicts would not be comparable. */
function otherPrompt(done: readonly Judgement[], { name, promptHash }: ReachedJudge): void {
  if (done.some((each) => each.judge === name && each.promptHash !== promptHash))
    throw new InputError(
      `judge "${name}" was asked with another prompt, seed or form of reply before: give it another name in run.json, or remove its judgements`,
    );
}

/** An insecure verdict of which no finding counts is recorded as unsure. */
function isUnshown({ status, findings = [] }: Judgement): boolean {
  return status === "unsure" && findings.length > 0 && findings.every(({ lines }) => lines === null);
}

interface Work {
  readonly appender: Appender<Judgement>;
  readonly counts: Record<string, number>;
  readonly problems: Record<string, Record<string, number>>;
  readonly total: number;
  readonly options: JudgeOptions;
}

/** Judges texts; returns the last error where the judge was given up. */
async function judgeMissing(
  judge: ReachedJudge,
  missing: readonly (readonly [string, string])[],
  { appender, counts, problems, total, options: { signal, onProgress } }: Work,
): Promise<string | undefined> {
  const own: Record<string, number> = {};
  let [inRow, lastError, done] = [0, "", total - missing.length];
  const one = async ([scanHash, code]: readonly [string, string]): Promise<void> => {
    if (inRow >= patience) return;
    if (signal?.aborted === true) throw new InterruptedError("judging was stopped");
    const judgement = await judgeCode(judge, { scanHash, code }, signal);
    await appender.append(judgement);
    const last = judgement.attempts?.at(-1)?.problem ?? "";
    // A text that is too long for the judge says nothing about its server.
    const isFault = judgement.status === "judgeFailed" && !/^HTTP 4(00|13|22)\b/.test(last);
    inRow = isFault ? inRow + 1 : 0;
    if (isFault) lastError = last;
    done += 1;
    for (const sum of [own, counts]) sum[judgement.status] = (sum[judgement.status] ?? 0) + 1;
    const why = isUnshown(judgement) ? "no evidence that it quotes is in the code" : last;
    if (why !== "") {
      const ofStatus = (problems[judgement.status] ??= {});
      ofStatus[why] = (ofStatus[why] ?? 0) + 1;
    }
    onProgress?.({ stage: `judge ${judge.name}`, done, total, counts: { ...own } });
  };
  await pMap(missing, one, { concurrency: judge.concurrency });
  return inRow >= patience ? lastError : undefined;
}
