import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { methodNamed, methods } from "../../src/generate/methods/methodNamed.js";
import { promptFor } from "../../src/generate/prompts.js";
import { defaultTemplates } from "../../src/generate/promptTemplates.js";
import { canonicalJson, sha256 } from "../../src/record/canonical.js";
import type { Round } from "../../src/record/schema/sample.js";
import { content, scriptedContext, task } from "./methods/scriptedContext.js";

const template = task.prompts.ct.trimEnd();

test("a chat prompt holds the task's text, a template in a fence", () => {
  expect(content(promptFor(task, "nl", "chat"))).toMatch(/\n\nDo it\.$/);
  expect(content(promptFor(task, "ct", "chat"))).toMatch(/\n\n```python\ndef f\(a\):\n {4}"""Do\."""\n```$/);
});

test("a completion prompt is the template without white space at its end", () => {
  expect(promptFor(task, "ct", "completion")).toEqual({ prompt: template });
});

test("a natural-language prompt for a completion model is an InputError", () => {
  expect(() => promptFor(task, "nl", "completion")).toThrow(InputError);
});

// sha256 of the canonical JSON of the prompts below; a change of the texts, or of when they are sent, raises the version and these values.
// A record names the version alone; a prompt is told by it only as long as all of them stand here.
test("the texts of version 2 do not change", () => {
  const texts = [
    promptFor(task, "nl", "chat"),
    promptFor(task, "ct", "chat"),
    promptFor(task, "ct", "chat", { demand: "X." }),
    promptFor(task, "ct", "completion", { demand: "X." }),
  ];
  expect([defaultTemplates().version, sha256(canonicalJson(texts))]).toEqual([
    2,
    "10b7eaab8230599ef258acdbedd5c7f8d1977535af22b285e16fba7e1215e7ba",
  ]);
});

test("nor do they where code follows the gap: a chat model is shown it, a completion model is not", () => {
  const gapped = { ...task, prompts: { ...task.prompts, ctAfter: "    except OSError:\n        return None\n" } };
  const chat = [promptFor(gapped, "ct", "chat"), promptFor(gapped, "ct", "chat", { demand: "X." })];
  expect([defaultTemplates().version, sha256(canonicalJson(chat))]).toEqual([
    2,
    "ff3f2fa385fdc9411060e872e50aac1c1285b78ae548cefcd2d145a9d12f0790",
  ]);
  expect(promptFor(gapped, "ct", "completion")).toEqual(promptFor(task, "ct", "completion"));
  expect(promptFor(gapped, "nl", "chat")).toEqual(promptFor(task, "nl", "chat"));
});

const run = async (name: string, route: "chat" | "completion", reply: Partial<Round>) => {
  const { context, sents } = scriptedContext([{ reply: null, ...reply }], { prompt: "ct", route });
  const result = await methodNamed(name).generate(task, context);
  return { ...result, sents: sents.map(({ text }) => text) };
};

test("base asks once and takes the code from the reply", async () => {
  const { code, status, rounds } = await run("base", "chat", { reply: "```python\ndef f(a): pass\n```" });
  expect({ code, status }).toEqual({ code: "def f(a): pass\n", status: "generated" });
  expect(rounds).toMatchObject([{ purpose: "generate", finishReason: "stop" }]);
});

test("a completion becomes prompt and completion up to the end of the function", async () => {
  const { code, status } = await run("base", "completion", {
    reply: "\n    return a\n\ndef g",
    finishReason: "length",
  });
  expect({ code, status }).toEqual({ code: `${template}\n    return a\n`, status: "generated" });
});

test("a completion that was cut inside the function is truncated", async () => {
  expect(await run("base", "completion", { reply: "\n    return (a", finishReason: "length" })).toMatchObject({
    ...{ code: `${template}\n    return (a\n`, status: "truncated" },
  });
});

test.each(["", "  \n", "\n\ndef g():\n    pass", "\n# end\nx = 1"])(
  "a completion without a body is empty: %j",
  async (reply) => {
    expect(await run("base", "completion", { reply })).toMatchObject({ code: null, status: "empty" });
  },
);

test("a failed call is the status endpointFailed, with its round", async () => {
  expect(await run("base", "chat", { error: "no connection" })).toMatchObject({
    ...{ code: null, status: "endpointFailed", rounds: [{ error: "no connection" }] },
  });
});

test("prompt-generic asks for secure code, in chat and in completion, and the demand is no part of the code", async () => {
  const chat = await run("prompt-generic", "chat", { reply: "" });
  expect(chat.sents[0]).toContain("must not contain any vulnerability");
  const completion = await run("prompt-generic", "completion", { reply: "\n    return a" });
  expect(completion.sents[0]).toMatch(/^# .*vulnerability\.\ndef f/);
  expect(completion.code).toBe(`${template}\n    return a\n`);
});

test("an unknown method is an InputError with the known ones", () => {
  expect(() => methodNamed("unheard-of")).toThrow(InputError);
  expect(() => methodNamed("unheard-of")).toThrow(/known are base, prompt-generic/);
});

test("methods state what they need and change", () => {
  expect(methods.map(({ name, traits }) => [name, traits.access, traits.promptChange])).toEqual([
    ["base", "none", false],
    ["prompt-generic", "none", true],
    ["prompt-specific", "none", true],
    ["safecoder", "full", false],
    ["sven", "full", false],
    ["promsec", "none", true],
    ["promsec+llm-repair", "none", true],
    ["codeguard", "partial", true],
  ]);
});
