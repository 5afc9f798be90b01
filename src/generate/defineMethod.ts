import { InputError } from "../error.js";
import type { Method } from "./methods/method.js";
import { methods } from "./methods/methodNamed.js";

/**
 * A method of your own, for a study that names it: hand it to `generateRun` (`methods`), and its traits to `table1`.
 *
 * @example
 * const polite = defineMethod({
 *   name: "polite",
 *   traits: { access: "none", weightUpdate: false, promptChange: true, decodingControl: false, externalTool: false },
 *   async generate(task, context) {
 *     const content = `Please solve this safely.\n\n${task.prompts.nl}`;
 *     const round = await context.ask("generate", { messages: [{ role: "user", content }] });
 *     if (round.reply === null) return { rounds: [round], code: null, status: "endpointFailed" };
 *     return { rounds: [round], ...extractCode(round.reply, task.entryPoint, round.finishReason) };
 *   },
 * });
 * await generateRun(run, { methods: [polite] });
 * table1(rows, { ...methodTraits, polite: polite.traits });
 * @throws InputError for a name that is empty or belongs to one of safelab's methods, and without `generate`. What `generate` gives is
 *   checked before it is written.
 */
export function defineMethod(method: Method): Method {
  if (typeof method.name !== "string" || method.name.trim() === "")
    throw new InputError("a method needs a name: it stands in run.json and in every record");
  if (methods.some(({ name }) => name === method.name))
    throw new InputError(`"${method.name}" is one of safelab's own methods: choose another name for yours`);
  if (typeof method.generate !== "function")
    throw new InputError(`method "${method.name}" has no function \`generate\`: it makes a task's sample`);
  return method;
}
