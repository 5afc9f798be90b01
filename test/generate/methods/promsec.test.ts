import { expect, test } from "vitest";
import { InputError } from "../../../src/error.js";
import { promsec, promsecLlmRepair, promsecWith } from "../../../src/generate/methods/promsec.js";
import { StudyModel } from "../../../src/record/schema/study.js";
import { fenced, type Reply, scriptedContext, task } from "./scriptedContext.js";

const bad = fenced("bad = 1");
const clean = fenced("x = 1");

async function run(method: typeof promsec, replies: readonly Reply[], options: object = {}) {
  const { context, sents } = scriptedContext(replies, { options: { ...options } });
  const result = await method.generate(task, context);
  return { ...result, sents, verdicts: result.rounds.flatMap(({ scan }) => (scan === undefined ? [] : [scan.status])) };
}

test("a round infers a prompt from the code and generates again from it, until the scanner finds nothing", async () => {
  const result = await run(promsec, [bad, "Write a set.", bad, "Write x.", clean]);
  expect(result).toMatchObject({ code: "x = 1\n", status: "generated", stop: "clean" });
  expect(result.sents.map(({ purpose }) => purpose)).toEqual([
    ...["generate", "reverse-prompt", "regenerate", "reverse-prompt", "regenerate"],
  ]);
  expect(result.verdicts).toEqual(["insecure", "insecure", "secure"]);
  expect(result.sents[1]?.text).toContain("[bad = 1]");
  expect(result.sents[2]?.text).toContain("Write a set.");
});

test("as released, clean code goes through a round too; gateFirst stops before it", async () => {
  expect(await run(promsec, [clean, "Write x.", clean])).toMatchObject({
    stop: "clean",
    verdicts: ["secure", "secure"],
  });
  expect(await run(promsec, [clean], { gateFirst: true })).toMatchObject({ stop: "clean", verdicts: ["secure"] });
});

test("the rounds are bounded: 20 by default, and the last code stands", async () => {
  const rounds = Array.from({ length: 20 }, () => ["Write bad.", bad]).flat();
  const twenty = await run(promsec, [bad, ...rounds]);
  expect(twenty).toMatchObject({ stop: "limit", code: "bad = 1\n", status: "generated" });
  expect(twenty.verdicts).toHaveLength(21);
  expect(await run(promsec, [bad, "p", fenced("bad = 2")], { maxRounds: 1 })).toMatchObject({
    stop: "limit",
    code: "bad = 2\n",
  });
});

test("code that does not parse is not clean: the loop stops and says so", async () => {
  expect(await run(promsec, [fenced("f((")])).toMatchObject({ stop: "unparseable", code: "f((\n" });
  const later = await run(promsec, [bad, "Write it.", fenced("f((")]);
  expect(later).toMatchObject({ stop: "unparseable", code: "f((\n", verdicts: ["insecure", "unscannable"] });
});

test("a reply without code ends the loop without code", async () => {
  expect(await run(promsec, [bad, "Write it.", "I cannot help with that."])).toMatchObject({
    ...{ stop: "unparseable", code: null, status: "refused", verdicts: ["insecure", "unscannable"] },
  });
});

test("a call that fails later leaves the code before it; one that fails first fails the sample", async () => {
  for (const replies of [
    [bad, null],
    [bad, "Write it.", null],
  ]) {
    const result = await run(promsec, replies);
    expect(result).toMatchObject({ stop: "callFailed", code: "bad = 1\n", verdicts: ["insecure"] });
    expect(result.rounds.at(-1)?.error).toBe("no connection");
  }
  const failed = await run(promsec, [null]);
  expect(failed).toMatchObject({ code: null, status: "endpointFailed" });
  expect(failed.stop).toBeUndefined();
});

test("secretPreamble, on by default, and keepSignature, off by default, change the prompt that code is generated from", async () => {
  const plain = await run(promsec, [bad, "p", clean]);
  expect(plain.sents[2]?.text).toContain("environment variables");
  expect(plain.sents[2]?.text).not.toContain("def f(a):");
  const other = await run(promsec, [bad, "p", clean], { secretPreamble: false, keepSignature: true });
  expect(other.sents[2]?.text).not.toContain("environment variables");
  expect(other.sents[2]?.text).toContain("```python\ndef f(a):\n```");
});

test("promsec+llm-repair has the model repair what was found before it infers a prompt", async () => {
  const result = await run(promsecLlmRepair, [bad, fenced("good = 1"), "Write good.", clean]);
  expect(result.sents.map(({ purpose }) => purpose)).toEqual(["generate", "repair", "reverse-prompt", "regenerate"]);
  expect(result.sents[1]?.text).toMatch(/line 1, CWE-78: It is bad\.[\s\S]*bad = 1/);
  expect(result.sents[2]?.text).toContain("[good = 1]");
  expect(result).toMatchObject({ stop: "clean", verdicts: ["insecure", "secure"] });
  expect(await run(promsecLlmRepair, [bad, null])).toMatchObject({ stop: "callFailed", code: "bad = 1\n" });
});

test("another fixer takes the step's place", async () => {
  const mine = promsecWith("promsec+upper", {
    fix: ({ code }) => Promise.resolve({ code: code.toUpperCase(), changed: true, rounds: [] }),
  });
  expect((await run(mine, [bad, "p", clean])).sents[1]?.text).toContain("[BAD = 1]");
});

test("a model that only continues code is refused", () => {
  const model = StudyModel.parse({ name: "starcoder", route: "completion" });
  expect(() => promsec.check?.(model, "ct")).toThrow(InputError);
  expect(() => promsec.check?.(model, "ct")).toThrow(/model "starcoder" has the route "completion"/);
});
