import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256 } from "../../src/record/canonical.js";
import type { BatchAnswer } from "../../src/scan/bisectBatch.js";
import { withCanaries } from "../../src/scan/canaries.js";
import type { GateVerdict } from "../../src/scan/parseGate.js";
import { scanFiles } from "../../src/scan/scanFiles.js";
import { type Scanner, scannedFileName } from "../../src/scan/scanner.js";

/** What a scanner that looks at a private copy sees of these texts, all of which parse. */
async function seen(texts: readonly string[]): Promise<string[]> {
  const copies = new Map<string, string>();
  const scanner: Scanner = {
    name: "reader",
    identify: () => Promise.resolve({ version: "1", rulesHash: "a".repeat(64) }),
    async scan(directory, hashes, { comments }) {
      const read = async ({ cwd, tree }: { cwd: string; tree: string }): Promise<BatchAnswer> => {
        for (const hash of hashes)
          copies.set(hash, await readFile(join(cwd, tree, scannedFileName(hash)), { encoding: "utf8" }));
        return { kind: "broken", reason: "" };
      };
      await withCanaries(directory, hashes, read, comments);
      return new Map(hashes.map((hash) => [hash, { status: "secure", reason: "", findings: [] }]));
    },
  };
  const hashes = [...new Set(texts.map(sha256))];
  const gate = new Map<string, GateVerdict>();
  await scanFiles(scanner, hashes, {
    texts: new Map(texts.map((text) => [sha256(text), text])),
    python: "python3",
    gate,
  });
  return texts.map((text) => copies.get(sha256(text)) ?? "not scanned");
}

test.each([
  ['x = "nosec"  # nosec\n', 'x = "nosec"  # nose_\n'],
  ["nosec = '# lgtm'\n", "nosec = '# lgtm'\n"],
  ['"""\n# bearer:disable x\n"""\n# bearer:disable x\n', '"""\n# bearer:disable x\n"""\n# bearer:disabl_ x\n'],
  ["s = '😀é nosec'; y = '😀'  # é😀 nosemgrep\r\n", "s = '😀é nosec'; y = '😀'  # é😀 nosemgre_\r\n"],
  ["x = [\n  'noqa',  # noqa noqa\n]\n# NOSEC", "x = [\n  'noqa',  # noq_ noq_\n]\n# NOSE_"],
  // Where readers differ on what is a comment, no such word is left anywhere: a lone carriage return ends a line for Python and not for
  // a parser that knows two kinds of line ends; to it, the string is in the comment.
  ["# a\r'lgtm'\n", "# a\r'lgt_'\n"],
  ["'\u2028lgtm'\n", "'\u2028lgt_'\n"],
  ["\ufeffx = 'lgtm'\n", "\ufeffx = 'lgt_'\n"],
  ["x = '\f# nosec'\n", "x = '\f# nose_'\n"],
])(
  "in %j a scanner sees comments without requests for silence, and every sure string as it is: %j",
  async (text, copy) => {
    expect(await seen([text])).toEqual([copy]);
  },
);

test("no line and no column moves, whatever the text, and no comment asks for silence", async () => {
  const pieces = [
    "# nosec\n",
    "'nosec'\n",
    "x = 'é😀'  # lgtm é\n",
    '"""\n',
    "\n",
    "# é",
    "\r\n",
    "if x:\n    y = 'nosem'\n",
  ];
  const texts = fc.sample(
    fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join("")),
    { numRuns: 60, seed: 1 },
  );
  const copies = await seen(texts);
  const parsed = texts.flatMap((text, at) => (copies[at] === "not scanned" ? [] : [[text, copies[at] ?? ""] as const]));
  expect(parsed.length).toBeGreaterThan(20);
  for (const [text, copy] of parsed) {
    expect(copy).toHaveLength(text.length);
    expect(copy.replaceAll("_", "")).toBe([...text].filter((_, at) => [...copy][at] !== "_").join(""));
    if (!text.includes('"""')) expect(copy).not.toMatch(/#[^\n]*(nosec|lgtm)/);
  }
});
