import { expect, test } from "vitest";
import { cweDescriptions } from "../../../src/generate/cweDescriptions.js";
import { promptGeneric } from "../../../src/generate/methods/promptGeneric.js";
import { promptSpecific, specificDemand } from "../../../src/generate/methods/promptSpecific.js";
import { fenced, scriptedContext, task } from "./scriptedContext.js";

const textOf = async (method: typeof promptSpecific, cwe: number[]) => {
  const { context, sents } = scriptedContext([fenced("x = 1")]);
  await method.generate({ ...task, cwe }, context);
  return sents[0]?.text;
};

test("the demand names the task's CWE and says what must not happen", async () => {
  expect(await textOf(promptSpecific, [78])).toContain(
    "against CWE-78: it must not hand text from outside to a shell of the operating system.",
  );
  expect(specificDemand([78, 502])).toMatch(/CWE-78: .*; and against CWE-502: /);
});

test("a weakness without a description of ours is named by number, with its family where it has one", () => {
  expect(specificDemand([564])).toBe("The code must be secure, in particular against CWE-564 (SQL injection).");
  expect(specificDemand([99999])).toBe("The code must be secure, in particular against CWE-99999.");
});

test("a task without a label gets the sentence of prompt-generic", async () => {
  expect(await textOf(promptSpecific, [])).toBe(await textOf(promptGeneric, []));
});

// The 27 CWEs that SecCodePLT labels tasks with.
test("every weakness of SecCodePLT has a description", () => {
  const labelled = [
    22, 74, 77, 78, 79, 94, 95, 120, 200, 281, 295, 327, 338, 347, 352, 367, 400, 502, 601, 611, 732, 770,
  ];
  const lacking = [...labelled, 862, 863, 915, 918, 1333].filter((cwe) => cweDescriptions[cwe] === undefined);
  expect(lacking).toEqual([]);
});
