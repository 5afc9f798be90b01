import type { Task } from "../../task/task.js";
import { extractCode } from "../extractCode.js";
import { codeTemplate, promptFor } from "../prompts.js";
import { truncateCompletion } from "../truncateCompletion.js";
import type { MethodContext, MethodResult } from "./method.js";

/** Asks once, with `demand` as a further sentence in the prompt, and takes the code from the reply. */
export async function oneRound(task: Task, context: MethodContext, demand = ""): Promise<MethodResult> {
  const round = await context.ask("generate", promptFor(task, context.prompt, context.route, demand));
  const rounds = [round];
  if (round.reply === null) return { rounds, code: null, status: "endpointFailed" };
  if (context.route === "chat") return { rounds, ...extractCode(round.reply, task.entryPoint, round.finishReason) };
  if (round.reply.trim() === "") return { rounds, code: null, status: "empty" };
  const { code, ended } = truncateCompletion(codeTemplate(task), round.reply);
  if (code.trimEnd() === codeTemplate(task)) return { rounds, code: null, status: "empty" };
  return { rounds, code, status: round.finishReason === "length" && !ended ? "truncated" : "generated" };
}
