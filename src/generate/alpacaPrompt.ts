import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../process/projectRoot.js";

const Asset = z.object({ version: z.number().int(), template: z.string(), instruction: z.string() });

/**
 * A problem in the Alpaca prompt without input, byte for byte as SafeCoder's checkpoints were trained on it; the response begins
 * where it ends. The texts, their sources and licences stand in `src/generate/assets/alpaca.json`.
 */
export function alpacaPrompt(problem: string): string {
  const file = join(projectRoot(), "src", "generate", "assets", "alpaca.json");
  const { template, instruction } = Asset.parse(JSON.parse(readFileSync(file, "utf8")));
  // Functions, since a problem may hold `$&`.
  return template.replace("{instruction}", () => instruction.replace("{prompt}", () => problem));
}
