import { InputError } from "../../error.js";
import { alpacaPrompt } from "../alpacaPrompt.js";
import { extractCode } from "../extractCode.js";
import { codeTemplate } from "../prompts.js";
import type { Method } from "./method.js";
import { completed } from "./oneRound.js";

/** Where a response ends that goes on with a further instruction. */
const nextInstruction = ["\n### Instruction:", "\n### Response:"];

/**
 * SafeCoder (He, Vero, Krasnopolska, Vechev; ICML '24): plain generation with weights that its training changed. The problem stands in the
 * Alpaca prompt; for a code template the response begins with the template, as in the authors' evaluation. It runs only on a model for which the
 * study declares such a checkpoint (merged weights, or an adapter that the server loads): `"checkpoints": { "safecoder": { "weights": … } }`.
 */
export const safecoder: Method = {
  name: "safecoder",
  traits: { access: "full", weightUpdate: true, promptChange: false, decodingControl: false, externalTool: false },
  route: "completion",
  check({ name, checkpoints }) {
    if (checkpoints?.["safecoder"] !== undefined) return;
    throw new InputError(
      `method "safecoder" needs weights that SafeCoder's training made, and run.json declares none of model "${name}": serve them and add ` +
        '"checkpoints": { "safecoder": { "weights": "NAME OR PATH", "endpoint": "http://…/v1" } } to the model; ' +
        "any other model with its prompt is not SafeCoder",
    );
  },
  async generate(task, context) {
    const begun = context.prompt === "ct" ? codeTemplate(task) : "";
    const prompt = `${alpacaPrompt(task.prompts.nl.trimEnd())}${begun}`;
    const round = await context.ask("generate", { prompt }, context.prompt === "ct" ? undefined : nextInstruction);
    if (round.reply === null) return { rounds: [round], code: null, status: "endpointFailed" };
    if (context.prompt === "ct") return { rounds: [round], ...completed(task, round.reply, round.finishReason) };
    return { rounds: [round], ...extractCode(round.reply, task.entryPoint, round.finishReason) };
  },
};
