import { InputError } from "../error.js";
import type { PromptKind, Round } from "../record/schema/sample.js";
import type { Task } from "../task/task.js";
import { defaultTemplates, filled, type PromptTemplates } from "./promptTemplates.js";

/** How a model is asked: with chat messages, or with a text to continue. */
export type Route = "chat" | "completion";

/** What is sent to a model in one call. */
export type Sent = Round["sent"];

/** Texts at which a completion server may stop: the function has ended. OpenAI's own API takes four. */
export const completionStops: readonly string[] = ["\ndef ", "\nclass ", "\nif __name__", "\nprint("];

/**
 * The code template as a model gets it: without white space at its end. A small model that has to go on after a newline or after
 * an indent that is not one of its tokens answers with nothing: SmolLM2-135M left 18 of 29 demo tasks empty after
 * newline and four spaces, none after the closing quotes.
 */
export function codeTemplate(task: Task): string {
  return task.prompts.ct.trimEnd();
}

/**
 * What is sent for a task. Chat: one user message. Completion: a text that ends with the code template. The texts around the task are those of the templates
 * (`src/generate/assets/prompts.v2.json`).
 *
 * @param demand a further sentence that the code must meet; empty for none
 * @throws InputError for a natural-language prompt to a completion model.
 */
export function promptFor(
  task: Task,
  kind: PromptKind,
  route: Route,
  { demand = "", templates = defaultTemplates() }: PromptTexts = {},
): Sent {
  checkRoute(kind, route);
  const { [route]: own } = templates;
  const values = {
    task: task.prompts.nl.trimEnd(),
    template: codeTemplate(task),
    demand: demand === "" ? "" : filled(own.demand, { sentence: demand }),
  };
  if (route === "completion") return { prompt: filled(templates.completion.ct, values) };
  const { ctAfter } = task.prompts;
  const after = ctAfter === undefined ? "" : filled(templates.chat.after, { after: ctAfter.trimEnd() });
  const content = filled(templates.chat[kind], { ...values, template: `${values.template}${after}` });
  return { messages: [{ role: "user", content }] };
}

/** What stands around a task. */
export interface PromptTexts {
  readonly demand?: string | undefined;
  readonly templates?: PromptTemplates | undefined;
}

/** @throws InputError where a model that only continues code is asked in natural language. */
export function checkRoute(kind: PromptKind, route: Route, model?: string): void {
  if (kind === "nl" && route === "completion")
    throw new InputError(
      `${model === undefined ? "a model" : `model "${model}"`} with route "completion" only continues code: ` +
        'use the prompt "ct" for it, or the route "chat"',
    );
}
