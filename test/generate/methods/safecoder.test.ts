import { expect, test } from "vitest";
import { InputError } from "../../../src/error.js";
import { alpacaPrompt } from "../../../src/generate/alpacaPrompt.js";
import { safecoder } from "../../../src/generate/methods/safecoder.js";
import { sha256 } from "../../../src/record/canonical.js";
import { StudyModel } from "../../../src/record/schema/study.js";
import { fenced, scriptedContext, task } from "./scriptedContext.js";

// sha256 of `PROMPT_NO_INPUT.format_map({'instruction': INSTRUCTION.format_map({'language': 'Python', 'prompt': 'Do $& it.'})})`
// with SafeCoder's safecoder/constants.py in Python 3.11.
test("the Alpaca prompt is the one that SafeCoder's checkpoints were trained on, byte for byte", () => {
  expect(sha256(alpacaPrompt("Do $& it."))).toBe("00dacd17fb97002029cddf5b9a41747d44d143fd411e278d80f56de27f428208");
});

test("a template begins the response, and the code is template and completion", async () => {
  const { context, sents } = scriptedContext(["\n    return a\n\nx = 2"], { prompt: "ct", route: "completion" });
  const result = await safecoder.generate(task, context);
  expect(sents[0]?.text).toBe(`${alpacaPrompt("Do it.")}def f(a):\n    """Do."""`);
  expect(result).toMatchObject({ status: "generated", code: 'def f(a):\n    """Do."""\n    return a\n' });
});

test("in natural language the response is the model's own, and a further instruction ends it", async () => {
  const { context, sents } = scriptedContext([fenced("def f(a):\n    return a")], { route: "completion" });
  const result = await safecoder.generate(task, context);
  expect(sents[0]).toMatchObject({ text: alpacaPrompt("Do it."), stops: ["\n### Instruction:", "\n### Response:"] });
  expect(result).toMatchObject({ status: "generated", code: "def f(a):\n    return a\n" });
});

test("a failed call is endpointFailed", async () => {
  const { context } = scriptedContext([null], { prompt: "ct", route: "completion" });
  expect(await safecoder.generate(task, context)).toMatchObject({ status: "endpointFailed", code: null });
});

test("a model without a declared checkpoint is refused, with what to declare", () => {
  const plain = { name: "codellama", endpoint: "http://127.0.0.1:8000/v1" };
  expect(() => safecoder.check?.(StudyModel.parse(plain), "ct")).toThrow(InputError);
  expect(() => safecoder.check?.(StudyModel.parse(plain), "ct")).toThrow(/none of model "codellama".*"checkpoints"/);
  const declared = { ...plain, checkpoints: { safecoder: { weights: "codellama-7b-lora-safecoder" } } };
  expect(() => safecoder.check?.(StudyModel.parse(declared), "nl")).not.toThrow();
});
