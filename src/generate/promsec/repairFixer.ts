import { extractCode } from "../extractCode.js";
import type { Fixer } from "./fixer.js";
import { repairPrompt } from "./texts.js";

/** Has the same model repair what the scanner found; code without findings stays. A reply without code changes nothing. */
export const repairFixer: Fixer = {
  calls: 1,
  async fix({ task, code, findings }, context) {
    if (findings.length === 0) return { code, changed: false, rounds: [] };
    const round = await context.ask("repair", repairPrompt(code, findings));
    const repaired = round.reply === null ? null : extractCode(round.reply, task.entryPoint, round.finishReason).code;
    const changed = repaired !== null && repaired !== code;
    return { code: repaired ?? code, changed, rounds: [round] };
  },
};
