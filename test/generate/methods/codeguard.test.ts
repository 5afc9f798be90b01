import { expect, test } from "vitest";
import { codeguard } from "../../../src/generate/methods/codeguard.js";
import type { MethodContext } from "../../../src/generate/methods/method.js";
import type { Finding } from "../../../src/record/schema/scan.js";
import type { TokenSteps } from "../../../src/generate/tokens/tokenSteps.js";
import { scriptedContext, task as plain } from "./scriptedContext.js";

const end = 0;
const template = 'import hashlib\n\n\ndef f(a):\n    """Not hashlib.md5(a)."""';
const task = { ...plain, entryPoint: "f", prompts: { nl: "Hash it.", ct: template } };

/** A model over a vocabulary of characters that goes on with one text, whatever the beam, then ends. */
function model(text: string, change: Partial<TokenSteps> = {}): TokenSteps {
  const ids = (of: string) => [...of].map((letter) => letter.codePointAt(0) ?? 0);
  const texts = (of: readonly number[]) => String.fromCodePoint(...of);
  return {
    prompt: (prompt) => Promise.resolve({ text: prompt, ids: ids(prompt) }),
    chatPrompt: (messages, begun) => Promise.resolve({ text: messages[0]?.content ?? "", ids: ids(begun) }),
    tokenise: (of) => Promise.resolve(ids(of)),
    detokenise: (of) => Promise.resolve(texts(of)),
    next: ({ sequences }) =>
      Promise.resolve(
        sequences.map((sequence) => {
          const generated = texts(sequence).split(/"""(?=[^"]*$)/)[1] ?? "";
          const id = [...text][[...generated].length]?.codePointAt(0) ?? end;
          return [{ id, logprob: -0.1 }];
        }),
      ),
    learn: () => Promise.resolve(),
    pieceOf: (id) => Buffer.from(String.fromCodePoint(id)).toString("latin1"),
    isEnd: (id) => id === end,
    ...change,
  };
}

const finding: Finding = {
  ...{ ruleId: "B324", cwe: [327], severity: "HIGH", confidence: "HIGH", lines: [1, 1], message: "weak" },
};
const asked = (tokens: TokenSteps, change: Partial<MethodContext> = {}) =>
  scriptedContext([], {
    ...{ prompt: "ct", route: "completion", tokens, options: { beams: 2, maxNewTokens: 80, rounds: 2 } },
    ...change,
  }).context;
const baseline = { code: "hashlib.md5(a)", findings: [finding] };

test("constraints are judged on what was generated: a banned phrase in the template breaks none", async () => {
  const context = asked(model("\n    return hashlib.sha256(a)"), { baseline });
  const made = await codeguard.generate(task, context);
  expect(made).toMatchObject({ status: "generated", code: expect.stringContaining("hashlib.sha256") as string });
  expect(made.constraints?.map(({ kind, met }) => [kind, met])).toContainEqual(["negative", true]);
  expect(made.constraints?.every(({ met }) => met)).toBe(true);
});

test("and a demanded phrase in the template satisfies none", async () => {
  const named = { ...task, prompts: { ...task.prompts, ct: template.replace("Not hashlib.md5", "As hashlib.sha256") } };
  // The end comes at once, and forced tokens lead nowhere within so few.
  const options = { beams: 1, maxNewTokens: 3, rounds: 1 };
  const made = await codeguard.generate(named, asked(model("\n    return a"), { baseline, options }));
  expect(made.status).toBe("constraintsUnmet");
  expect(made.constraints?.find(({ kind }) => kind === "positive")?.met).toBe(false);
});

test("each step is told with its search and the most there may be", async () => {
  const told: string[] = [];
  const tell = (what: string) => told.push(what);
  await codeguard.generate(task, asked(model("\n    return a"), { tell }));
  expect(told.slice(0, 2)).toEqual([
    "search 1 of up to 2, step 1 of up to 80",
    "search 1 of up to 2, step 2 of up to 80",
  ]);
  told.length = 0;
  const options = { beams: 2, maxNewTokens: 80, rounds: 1 };
  await codeguard.generate(task, asked(model("\n    return a"), { tell, options }));
  expect(told[0]).toBe("step 1 of up to 80");
});

test("what went wrong with a step that was asked for again stands in its round", async () => {
  const tokens = model("\n    return a");
  const next: TokenSteps["next"] = (request, signal) => {
    if (request.fresh) request.onFault?.("HTTP 503 busy");
    return tokens.next(request, signal);
  };
  const made = await codeguard.generate(task, asked({ ...tokens, next }));
  expect(made.rounds.map(({ faults }) => faults)).toEqual([["HTTP 503 busy"]]);
  const calm = await codeguard.generate(task, asked(tokens));
  expect(calm.rounds.every((round) => !("faults" in round))).toBe(true);
});

test("a character of several tokens, which vLLM tells as broken pieces, is put together by the server", async () => {
  const whole = "\n    return 'ä'";
  const pieceOf = (id: number) => Buffer.from(id === 228 ? "\uFFFD" : String.fromCodePoint(id)).toString("latin1");
  const made = await codeguard.generate(task, asked(model(whole, { pieceOf })));
  expect(made.code).toBe(`${template}${whole}\n`);
});

test("OpenAI's own server, which gives no token ids, is refused before anything is asked", () => {
  const declared = { name: "GPT-4o", route: "chat", endpoint: "https://api.openai.com/v1" } as const;
  expect(() => codeguard.check?.(declared, "nl")).toThrow(/needs token ids, and api\.openai\.com gives none/);
  expect(() => codeguard.check?.({ ...declared, endpoint: "embedded" }, "nl")).not.toThrow();
  expect(() => codeguard.check?.({ ...declared, route: "completion", endpoint: "embedded" }, "nl")).toThrow(/"ct"/);
});
