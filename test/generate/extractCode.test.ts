import fc from "fast-check";
import { expect, test } from "vitest";
import { extractCode } from "../../src/generate/extractCode.js";

const code = "import os\n\n\ndef f(a):\n    return os.path.join(a)\n";
const of = (reply: string, finish: string | null = "stop") => extractCode(reply, "f", finish);
const generated = (text: string) => ({ status: "generated", code: text });

/** What the reply looks like, the reply, the code in it. */
const corpus: readonly (readonly [string, string, string])[] = [
  ["one fence", `Here you are:\n\n\`\`\`python\n${code}\`\`\`\nHope this helps!`, code],
  ["a fence without tag", `\`\`\`\n${code}\`\`\``, code],
  ["a tag in capitals with a title", `\`\`\`Python title="x.py"\n${code}\`\`\``, code],
  ["an attribute tag", `\`\`\`{.python}\n${code}\`\`\``, code],
  ["tildes", `~~~py\n${code}~~~`, code],
  ["four backticks around three", `\`\`\`\`python\n${code}\`\`\`\`\nor \`\`\`f(1)\`\`\``, code],
  ["Windows line ends", `\`\`\`python\r\n${code.replaceAll("\n", "\r\n")}\`\`\`\r\n`, code],
  ["a fence that opens after prose", `Sure: \`\`\`python\n${code}\`\`\``, code],
  ["a fence that closes after code", `\`\`\`python\ndef f(a):\n    return a\`\`\``, "def f(a):\n    return a\n"],
  [
    "a fence in a list",
    `1. do this:\n   \`\`\`python\n   def f(a):\n       return a\n   \`\`\`\n`,
    "def f(a):\n    return a\n",
  ],
  ["a fence that is not closed", `\`\`\`python\n${code}`, code],
  [
    "a fence in a docstring",
    '```python\ndef f(a):\n    """Do.\n\n    ```\n    f(1)\n    ```\n    """\n    return a\n```\nBye.',
    'def f(a):\n    """Do.\n\n    ```\n    f(1)\n    ```\n    """\n    return a\n',
  ],
  ["the entry point in the second fence", `\`\`\`python\nimport g\n\`\`\`\nand\n\`\`\`python\n${code}\`\`\``, code],
  ["the shell first", `\`\`\`bash\npip install g\n\`\`\`\n\`\`\`python\ndef g(): pass\n\`\`\``, "def g(): pass\n"],
  ["only another language", "```js\nf = 1\n```", "f = 1\n"],
  ["a block that the next one closes", `\`\`\`bash\npip install g\n\`\`\`python\n${code}\`\`\``, code],
  ["an empty fence before the real one", `\`\`\`python\n\`\`\`\n\`\`\`python\n${code}\`\`\``, code],
  ["code that is indented as a whole", "```python\n    def f(a):\n        return a\n```", "def f(a):\n    return a\n"],
  ["a body only", "```python\n    return a\n```", "    return a\n"],
  ["no fence", code, code],
  ["no fence, prose around", `Sure! Here is the code:\n\n${code}\nThis joins the path.`, code],
  ["no fence, a chat prefix", `Assistant: ${code}`, code],
  ["no fence, special tokens", `<|im_start|>assistant\n${code}<|im_end|>`, code],
  ["no fence, a body only", "    x = a + 1\n    return x", "    x = a + 1\n    return x\n"],
  [
    "no fence, prose in a docstring",
    'def f(a):\n    """\nThis is prose.\n    """\n    return a\n',
    'def f(a):\n    """\nThis is prose.\n    """\n    return a\n',
  ],
  ["thinking with a draft", `<think>\n\`\`\`python\ndef f(): 1\n\`\`\`\n</think>\n\`\`\`python\n${code}\`\`\``, code],
  ["thinking that began in the prompt", `let me see\n</think>\n\`\`\`python\n${code}\`\`\``, code],
  ["an apology with code", `I'm sorry for the confusion.\n\`\`\`python\n${code}\`\`\``, code],
];

test.each(corpus)("the code of a reply is found: %s", (_what, reply, expected) => {
  expect(of(reply)).toEqual(generated(expected));
});

test.each([
  ["nothing", ""],
  ["white space", " \n\n"],
  ["prose", "The function joins two paths and returns the result."],
  ["prose with a colon and a call", "First call f(a), then return the result.\nFor example: it works."],
  ["an empty fence", "```python\n\n```"],
  ["thinking that never ends", "<think>\n```python\ndef f(): 1\n```"],
  ["import in prose", "import the module and from there go on.\nclass dismissed."],
])("a reply without code is empty: %s", (_what, reply) => {
  expect(of(reply)).toEqual({ status: "empty", code: null });
});

test.each([
  "I'm sorry, but I can't assist with that.",
  "I cannot help with writing exploits.",
  "As an AI, I must decline.",
  "I am unable to produce this.",
])("an apology without code is refused: %s", (reply) => {
  expect(of(reply)).toEqual({ status: "refused", code: null });
});

test("what the server filtered is refused, even without a word", () => {
  expect(of("", "content_filter").status).toBe("refused");
  expect(of("No.", "refusal").status).toBe("refused");
});

test("code that the server cut at its length is truncated and kept", () => {
  expect(of("```python\ndef f(a):\n    retur", "length")).toEqual({
    status: "truncated",
    code: "def f(a):\n    retur\n",
  });
  expect(of("well, let us think about it", "length").status).toBe("empty");
});

const line = fc.stringMatching(/^[ a-z#"'():=,.\[\]0-9]{0,20}$/);
const program = fc
  .array(line)
  .map((lines) => ["def f(a):", ...lines.map((text) => `    ${text}`), "    return a"].join("\n"))
  .map((text) => `${text}\n`);

test("whatever is fenced comes back as it was, whatever prose stands around it", () => {
  const prose = fc.stringMatching(/^[A-Za-z ,.!]{0,40}$/);
  fc.assert(
    fc.property(program, prose, prose, (text, before, after) => {
      expect(of(`${before}\n\n\`\`\`python\n${text}\`\`\`\n${after}`)).toEqual(generated(text));
    }),
  );
});

test("no reply makes extraction fail, and code is there exactly where the status says so", () => {
  const piece = fc.constantFrom(
    "```",
    "~~~",
    "python",
    "\n",
    "    ",
    "def f(",
    '"""',
    "<think>",
    "</think>",
    "\r",
    "x=1",
  );
  const reply = fc.array(fc.oneof(piece, fc.string())).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(reply, fc.constantFrom("stop", "length", null), (text, finish) => {
      const { status, code: found } = of(text, finish);
      expect(found !== null).toBe(status === "generated" || status === "truncated");
      if (found !== null) expect(found).toMatch(/\S[^\n]*\n$|\S\n$/);
    }),
    { numRuns: 500 },
  );
});
