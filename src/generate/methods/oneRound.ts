import type { Task } from "../../task/task.js";
import { type ExtractedCode, extractCode } from "../extractCode.js";
import { codeTemplate, promptFor } from "../prompts.js";
import { truncateCompletion } from "../truncateCompletion.js";
import type { MethodContext, MethodResult } from "./method.js";

/** Asks once, with `demand` as a further sentence in the prompt, and takes the code from the reply. */
export async function oneRound(task: Task, context: MethodContext, demand = ""): Promise<MethodResult> {
  const round = await context.ask(
    "generate",
    promptFor(task, context.prompt, context.route, { demand, templates: context.templates }),
  );
  const rounds = [round];
  if (round.reply === null) return { rounds, code: null, status: "endpointFailed" };
  if (context.route === "chat") return { rounds, ...extractCode(round.reply, task.entryPoint, round.finishReason) };
  return { rounds, ...completed(task, round.reply, round.finishReason) };
}

/** The code of a completion of the task's template: up to the end of the function. */
export function completed(task: Task, reply: string, finishReason: string | null): ExtractedCode {
  if (reply.trim() === "") return { code: null, status: "empty" };
  const { code, ended } = truncateCompletion(codeTemplate(task), reply);
  if (code.trimEnd() === codeTemplate(task)) return { code: null, status: "empty" };
  return { code, status: finishReason === "length" && !ended ? "truncated" : "generated" };
}
