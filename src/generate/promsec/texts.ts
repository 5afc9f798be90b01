import type { Finding } from "../../record/schema/scan.js";
import type { Task } from "../../task/task.js";
import type { Sent } from "../prompts.js";
import { signatureOf } from "./signatureOf.js";

const user = (content: string): Sent => ({ messages: [{ role: "user", content }] });

/** Asks for the prompt that would give code: the step back from code to words (paper of PromSec, its release cell 38), in our own words. */
export function reversePrompt(code: string): Sent {
  return user(
    "Read the Python code in square brackets and work out a prompt from which ChatGPT would write it. The prompt must be detailed and " +
      "specific, it must ask for Python code only, and the code that it leads to must be secure and do the same. " +
      `Answer with the prompt and nothing else.\n\n[${code.trimEnd()}]`,
  );
}

/** Which sentences stand around the inferred prompt. */
export interface Around {
  readonly task: Task;
  /** Asks for secrets to be kept in environment variables, as the release does. */
  readonly secretPreamble: boolean;
  /** Says which function the code must define; the release does not, and a prompt that is inferred from code can lose its name. */
  readonly keepSignature: boolean;
}

/** Asks for code again, from the inferred prompt. */
export function regeneratePrompt(prompt: string, { task, secretPreamble, keepSignature }: Around): Sent {
  const parts = [
    secretPreamble ? "Keep all passwords, keys and other secrets in environment variables, never in the code." : "",
    prompt.trim(),
    keepSignature ? `The code must define this function:\n\`\`\`python\n${signatureOf(task)}\n\`\`\`` : "",
    "Answer with the source code only, without explanations.",
  ];
  return user(parts.filter((part) => part !== "").join("\n\n"));
}

/** Asks for a repair of what a scanner found. */
export function repairPrompt(code: string, findings: readonly Finding[]): Sent {
  const listed = findings.map(({ cwe, lines, message }) => {
    const numbers = cwe.map((number) => `CWE-${number}`).join(", ");
    return `- line ${lines[0]}${numbers === "" ? "" : `, ${numbers}`}: ${message}`;
  });
  return user(
    "A security scanner reports these weaknesses in the Python code below. Repair them and change nothing else: the names, the parameters and what " +
      "the code does must stay. Answer with the whole code in one Markdown code block, and nothing else.\n\n" +
      `${listed.join("\n")}\n\n\`\`\`python\n${code.trimEnd()}\n\`\`\``,
  );
}
