import { pythonLiteral } from "../task/pythonLiteral.js";
import { readLiterals } from "../task/readLiterals.js";
import type { CasesTask } from "../task/task.js";
import { casesSchema } from "./casesSchema.js";
import type { Endpoint } from "./endpoint.js";

/** What a model proposed: keyword arguments as Python literals, and what of its reply is none. */
export interface Proposal {
  readonly cases: readonly string[];
  readonly rejected: readonly { readonly text: string; readonly why: string }[];
}

/** The message that asks for inputs: the code under test, and the inputs that are there, so that others come. */
export function casesPrompt(task: CasesTask, count: number): string {
  return [
    `Write ${count} inputs that test the Python function ${task.entryPoint} below: usual ones, limits, and ones that it must refuse.`,
    "Answer with a JSON list of objects, one a call, whose keys are the names of the arguments. No other text.",
    `\`\`\`python\n${task.setup.trim() === "" ? "" : `${task.setup.trim()}\n\n`}${task.reference.trim()}\n\`\`\``,
    `These inputs are there already; write different ones:\n${task.cases.join("\n")}`,
  ].join("\n\n");
}

/** The inputs in a reply: the outermost JSON list of it. */
export function casesIn(reply: string): Proposal {
  const [from, to] = [reply.indexOf("["), reply.lastIndexOf("]")];
  let list: unknown;
  try {
    list = JSON.parse(from < 0 ? "" : reply.slice(from, to + 1));
  } catch {
    return { cases: [], rejected: [{ text: reply.slice(0, 500), why: "the reply holds no JSON list" }] };
  }
  const items = list as unknown[];
  const isObject = (item: unknown) => typeof item === "object" && item !== null && !Array.isArray(item);
  return {
    cases: items.filter(isObject).map(pythonLiteral),
    rejected: items
      .filter((item) => !isObject(item))
      .map((item) => ({ text: JSON.stringify(item), why: "no object of arguments" })),
  };
}

/**
 * Asks a model for inputs of a task.
 *
 * @throws Error where the endpoint does not answer; SetupError without Python.
 */
export async function proposeCases(
  endpoint: Endpoint,
  task: CasesTask,
  { count, seed, signal }: { count: number; seed: number; signal?: AbortSignal },
): Promise<Proposal> {
  const { literals } = await readLiterals(task.cases, []);
  const schema = casesSchema(
    literals.flatMap((each) => ("value" in each ? [each.value] : [])),
    count,
  );
  const sent = { messages: [{ role: "user" as const, content: casesPrompt(task, count) }] };
  const answer = await endpoint.ask({ sent, seed, temperature: 0.8, topP: 0.95, maxTokens: 512, schema }, signal);
  if (!answer.ok) throw new Error(`${endpoint.shown} proposes no cases for ${task.id}: ${answer.error}`);
  return casesIn(answer.reply);
}
