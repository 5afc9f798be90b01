import type { Answer, Endpoint } from "../../generate/endpoint.js";
import type { RequestParameter } from "../../record/schema/sample.js";
import type { JudgeAttempt, Judgement } from "../../record/schema/judgement.js";
import { judgeMessages, replySchema, replyTokens } from "./prompt.js";
import { type Reading, readVerdict } from "./readVerdict.js";

/** A judge that can be asked. */
export interface OpenJudge {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Whether its server holds replies to a JSON schema. */
  readonly isConstrained: boolean;
  readonly promptHash: string;
  readonly seed: number;
  /** Parameters of requests that its server refuses. */
  readonly unsupported?: readonly RequestParameter[];
}

function attemptOf(answer: Answer, problem: string): JudgeAttempt {
  if (!answer.ok)
    return { reply: null, finishReason: null, tokens: null, seconds: answer.seconds, problem: answer.error };
  const { reply, finishReason, tokens, seconds } = answer;
  return { reply, finishReason, tokens, seconds, problem };
}

function readingOf({ reply, finishReason }: Extract<Answer, { ok: true }>, code: string): Reading {
  if (finishReason === "refusal" || finishReason === "content_filter")
    return { status: "refused", problem: `the server ended the reply for ${finishReason}` };
  const reading = readVerdict(reply, code);
  return finishReason === "length" && "problem" in reading
    ? { ...reading, problem: `cut off after ${replyTokens} tokens` }
    : reading;
}

/**
 * Asks a judge about one text, a second time where its reply is no verdict. A server that fails, or cannot take a text of that length, is
 * `judgeFailed`.
 *
 * @throws InterruptedError when `signal` was aborted.
 */
export async function judgeCode(
  { name, endpoint, isConstrained, promptHash, seed, unsupported = [] }: OpenJudge,
  { scanHash, code }: { readonly scanHash: string; readonly code: string },
  signal?: AbortSignal,
): Promise<Judgement> {
  const base = { schemaVersion: 1, scanHash, judge: name, promptHash, endpoint: endpoint.shown } as const;
  const attempts: JudgeAttempt[] = [];
  let reading: Reading | undefined;
  for (let problem = ""; attempts.length < 2;) {
    const answer = await endpoint.ask(
      {
        sent: { messages: judgeMessages(code, problem) },
        ...{ seed: seed + attempts.length, temperature: 0, topP: 1, maxTokens: replyTokens, unsupported },
        ...(isConstrained ? { schema: replySchema } : {}),
      },
      signal,
    );
    if (!answer.ok) {
      attempts.push(attemptOf(answer, ""));
      reading = undefined;
      break;
    }
    reading = readingOf(answer, code);
    problem = "problem" in reading ? reading.problem : "";
    attempts.push(attemptOf(answer, problem));
    if (problem === "") break;
  }
  const reply = attempts.at(-1)?.reply ?? null;
  if (reading === undefined)
    return { ...base, status: "judgeFailed", cwe: [], lines: [], reply, findings: [], attempts };
  if ("problem" in reading)
    return { ...base, status: reading.status, cwe: [], lines: [], reply, findings: [], attempts };
  const counting = reading.findings.filter(({ lines }) => lines !== null);
  return {
    ...{ ...base, status: reading.status, reply, findings: [...reading.findings], attempts },
    cwe: ascending(counting.flatMap(({ cwe }) => cwe)),
    lines: ascending(counting.flatMap(({ lines }) => (lines === null ? [] : [lines[0]]))),
  };
}

function ascending(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
