import { expect, test } from "vitest";
import { signatureOf } from "../../../src/generate/promsec/signatureOf.js";

const of = (ct: string) => signatureOf({ entryPoint: "f", prompts: { nl: "", ct } });

test("the signature is the template's, however many lines it takes", () => {
  expect(of('import os\n\ndef f(a, b=1) -> int:\n    """Do."""\n')).toBe("def f(a, b=1) -> int:");
  expect(of('def g():\n    pass\n\ndef f(\n    a,\n    b,\n):\n    """Do."""\n')).toBe("def f(\n    a,\n    b,\n):");
});

test("a template without the function gives its name", () => {
  expect(of("x = 1\n")).toBe("def f(...):");
});
