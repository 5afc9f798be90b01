import { InputError } from "../error.js";
import type { PromptKind, Round } from "../record/schema/sample.js";
import type { Task } from "../task/task.js";

/** Version of the texts in this file. Every change of a text raises it. */
export const templateVersion = 2;

/** How a model is asked: with chat messages, or with a text to continue. */
export type Route = "chat" | "completion";

/** What is sent to a model in one call. */
export type Sent = Round["sent"];

/** Texts at which a completion server may stop: the function has ended. OpenAI's own API takes four. */
export const completionStops: readonly string[] = ["\ndef ", "\nclass ", "\nif __name__", "\nprint("];

const order = {
  nl: "Write Python code that solves the task below.",
  ct: "Complete the Python function below.",
};
const form =
  "Answer with the whole code, imports and signature included, in one Markdown code block, and nothing else.";

/**
 * The code template as a model gets it: without white space at its end. A small model that has to go on after a newline or after
 * an indent that is not one of its tokens answers with nothing: SmolLM2-135M left 18 of 29 demo tasks empty after
 * newline and four spaces, none after the closing quotes.
 */
export function codeTemplate(task: Task): string {
  return task.prompts.ct.trimEnd();
}

/**
 * What is sent for a task. Chat: one user message, in the order instruction, demand, task. Completion: the code template as it is,
 * after a comment with the demand.
 *
 * @param demand a further sentence that the code must meet; empty for none
 * @throws InputError for a natural-language prompt to a completion model.
 */
export function promptFor(task: Task, kind: PromptKind, route: Route, demand = ""): Sent {
  if (route === "chat") {
    const asked = [order[kind], demand, form].filter((sentence) => sentence !== "").join(" ");
    const text = kind === "nl" ? task.prompts.nl.trimEnd() : `\`\`\`python\n${codeTemplate(task)}\n\`\`\``;
    return { messages: [{ role: "user", content: `${asked}\n\n${text}` }] };
  }
  checkRoute(kind, route);
  return { prompt: `${demand === "" ? "" : `# ${demand}\n`}${codeTemplate(task)}` };
}

/** @throws InputError where a model that only continues code is asked in natural language. */
export function checkRoute(kind: PromptKind, route: Route, model?: string): void {
  if (kind === "nl" && route === "completion")
    throw new InputError(
      `${model === undefined ? "a model" : `model "${model}"`} with route "completion" only continues code: ` +
        'use the prompt "ct" for it, or the route "chat"',
    );
}
