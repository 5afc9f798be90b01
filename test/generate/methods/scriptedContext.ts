import type { MethodContext } from "../../../src/generate/methods/method.js";
import type { Sent } from "../../../src/generate/prompts.js";
import type { Round } from "../../../src/record/schema/sample.js";
import type { ScannedFile } from "../../../src/scan/scanner.js";
import type { Task } from "../../../src/task/task.js";

export const task: Task = {
  ...{ schemaVersion: 1, dataset: "D", id: "a", cwe: [], entryPoint: "f", libs: [], reference: "" },
  ...{ prompts: { nl: "Do it.\n", ct: 'def f(a):\n    """Do."""\n    ' }, style: "cases", setup: "", cases: ["{}"] },
};

export const fenced = (code: string) => `\`\`\`python\n${code}\n\`\`\``;

/** The text of what was sent. */
export const content = (sent: Sent) => ("messages" in sent ? (sent.messages[0]?.content ?? "") : sent.prompt);

/** The next reply to a call: a text, or a round's fields; `null` is a failed call. */
export type Reply = string | null | Partial<Round>;

/** A context whose model says what a script says, call by call, and whose scanner counts the word `bad`; code with `(` alone does not parse. */
export function scriptedContext(replies: readonly Reply[], change: Partial<MethodContext> = {}) {
  const sents: { purpose: string; text: string; stops: readonly string[] | undefined }[] = [];
  const unused = (what: string) => () => {
    throw new Error(`${what} is not scripted`);
  };
  const context: MethodContext = {
    ...{ prompt: "nl", route: "chat", endpoint: "e", seed: 1, maxTokens: 64, options: {} },
    ask(purpose, sent, stops) {
      const reply = replies[sents.length];
      sents.push({ purpose, text: content(sent), stops });
      if (reply === undefined) throw new Error(`call ${sents.length} (${purpose}) is not scripted`);
      const round: Round = {
        ...{ purpose, sent, reply: "", finishReason: "stop", tokens: null, seconds: 0, endpoint: "e" },
      };
      if (typeof reply === "string") return Promise.resolve({ ...round, reply });
      if (reply === null) return Promise.resolve({ ...round, reply, finishReason: null, error: "no connection" });
      return Promise.resolve({ ...round, ...reply });
    },
    tell: () => undefined,
    scan: (code) => Promise.resolve(verdictOf(code)),
    baseline: { code: null, findings: [] },
    get tokens() {
      return unused("tokens")();
    },
    ...change,
  };
  return { context, sents };
}

function verdictOf(code: string): ScannedFile {
  if (code.includes("((")) return { status: "unscannable", reason: "SyntaxError", findings: [] };
  const findings = [...code.matchAll(/bad/g)].map(() => ({
    ...{ ruleId: "B000", cwe: [78], severity: "LOW" as const, confidence: "LOW" as const },
    ...{ lines: [1, 1] as [number, number], message: "It is bad." },
  }));
  return { status: findings.length > 0 ? "insecure" : "secure", reason: "", findings };
}
