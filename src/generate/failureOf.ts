import { APIConnectionError, APIError } from "openai";
import { reasonOf } from "../error.js";

/** A failed attempt, in words that hold no secret. */
export interface Failure {
  readonly ok: false;
  readonly error: string;
  /** HTTP status, `null` where there was no whole answer. */
  readonly status: number | null;
  /** Whether another attempt may succeed. */
  readonly mayPass: boolean;
  /** How long the server asked to wait. */
  readonly retryAfterMs: number | null;
}

/** Says what went wrong with an attempt. `secrets` are struck out; `timedOutMs` is set where our own clock ended it. */
export function failureOf(
  thrown: unknown,
  { secrets, timedOutMs }: { secrets: readonly string[]; timedOutMs: number | null },
): Failure {
  const failure = { ok: false as const, status: null, mayPass: true, retryAfterMs: null };
  if (timedOutMs !== null) return { ...failure, error: `no whole answer within ${timedOutMs / 1000} s` };
  const words = secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), wordsOf(thrown)).slice(0, 500);
  if (thrown instanceof APIError && typeof thrown.status === "number") {
    const status: number = thrown.status;
    const mayPass = status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;
    const error = isPage(words) ? `HTTP ${status} and a web page: ${noApi}` : `HTTP ${words}`;
    return { ...failure, error, status, mayPass, retryAfterMs: retryAfter(thrown.headers as Headers) };
  }
  return { ...failure, error: words };
}

/** What is said of answers that are pages for people. */
export const noApi = "this does not look like an OpenAI-compatible API";

/** Whether an answer is a page for people; its text says nothing about the API. */
function isPage(words: string): boolean {
  return /<!doctype html|<html|<head|<body/i.test(words);
}

function wordsOf(thrown: unknown): string {
  if (thrown instanceof APIConnectionError) return `no connection (${rootCause(thrown)})`;
  if (thrown instanceof SyntaxError) return `the answer is not JSON (${thrown.message})`;
  const cause = rootCause(thrown);
  const reason = reasonOf(thrown);
  return cause === reason ? reason : `${reason} (${cause})`;
}

/** The innermost reason: fetch hides what happened (`ECONNREFUSED`) in the causes of its error. */
function rootCause(thrown: unknown): string {
  let inner = thrown;
  while (inner instanceof Error && inner.cause !== undefined) inner = inner.cause;
  if (inner instanceof AggregateError && inner.message === "") inner = inner.errors[0];
  return reasonOf(inner);
}

function retryAfter(headers: Headers | undefined): number | null {
  const said = headers?.get("retry-after");
  if (said === null || said === undefined || said.trim() === "") return null;
  const ms = /^\d+(\.\d+)?$/.test(said.trim()) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Number.isFinite(ms) ? Math.max(ms, 0) : null;
}
