import type { Log } from "sarif";
import { expect, test } from "vitest";
import { readSarif } from "../../src/scan/sarifReport.js";
import { bearerLog, codeqlByPackLog, codeqlLog, semgrepLog, taxonomyLog } from "./sarifFixtures.js";

const read = (log: Log | object) => readSarif(JSON.stringify(log));

test("CodeQL: severity, confidence and CWEs come from the rule, lines without endLine are one line, suppressed results count", () => {
  const { tool, version, findings, failures, read: files } = read(codeqlLog);
  expect([tool, version]).toEqual(["CodeQL", "2.23.1"]);
  expect(findings.get("a.py")).toEqual([
    {
      ruleId: "py/command-line-injection",
      cwe: [78, 88],
      severity: "HIGH",
      confidence: "HIGH",
      lines: [4, 6],
      message: "This command line depends on a [user-provided value](1).",
    },
    {
      ruleId: "py/request-without-cert-validation",
      cwe: [295],
      severity: "MEDIUM",
      confidence: "MEDIUM",
      lines: [9, 9],
      message: "This request may run without certificate validation.",
    },
  ]);
  expect([...failures]).toEqual([["broken.py", "Extraction failed in broken.py with error Syntax Error"]]);
  expect([...files]).toEqual(["a.py"]);
});

test("CodeQL with rules grouped by pack: the rule is that of the extension", () => {
  const { tool, version, findings } = read(codeqlByPackLog);
  expect([tool, version]).toEqual(["CodeQL command-line toolchain", "2.23.1"]);
  expect(findings.get("a.py")?.map(({ cwe, severity, lines }) => [cwe, severity, lines])).toEqual([
    [[78, 88], "HIGH", [4, 4]],
  ]);
});

test("Semgrep: CWE and confidence are words in tags, the level is the rule's, a file that did not parse is named in a message only", () => {
  const { findings, failures } = read(semgrepLog);
  expect(findings.get("src/a b.py")?.map(({ cwe, severity, confidence }) => [cwe, severity, confidence])).toEqual([
    [[95], "MEDIUM", "LOW"],
  ]);
  expect([...failures.keys()]).toEqual(["src/broken.py"]);
});

test("CWE as a taxonomy counts, results that are no failure do not, a file may be named by its index", () => {
  const { findings } = read(taxonomyLog);
  expect([...findings]).toEqual([
    [
      "a.py",
      [
        {
          ruleId: "F1",
          cwe: [327, 328],
          severity: "LOW",
          confidence: "UNDEFINED",
          lines: [7, 7],
          message: "weak hash",
        },
      ],
    ],
  ]);
});

test("Bearer's SARIF carries no CWE", () => {
  expect(read(bearerLog).findings.get("a.py")?.[0]?.cwe).toEqual([]);
});

const run = codeqlLog.runs[0];
test.each([
  ["{}", /^not SARIF 2\.1\.0: field "version"/],
  ["<sarif/>", /^not JSON$/],
  [JSON.stringify({ version: "2.0.0", runs: [] }), /^not SARIF 2\.1\.0: field "version"/],
  [JSON.stringify({ version: "2.1.0", runs: [] }), /^not SARIF 2\.1\.0: field "runs"/],
  [JSON.stringify({ version: "2.1.0", runs: [{ tool: run?.tool }] }), /field "runs\.0\.results"/],
  [
    JSON.stringify({ version: "2.1.0", runs: [{ ...run, invocations: [{ executionSuccessful: false }] }] }),
    /CodeQL says that its run failed/,
  ],
  [
    JSON.stringify({ version: "2.1.0", runs: [{ tool: run?.tool, results: [{ ruleId: "x", message: {} }] }] }),
    /a result of rule x names no file/,
  ],
])("%.60s is no answer", (text, words) => {
  expect(() => readSarif(text)).toThrow(words);
});

test("a log without rules, files and results is no clean bill", () => {
  const empty = { version: "2.1.0", runs: [{ tool: { driver: { name: "Semgrep", rules: [] } }, results: [] }] };
  expect(() => read(empty)).toThrow("Semgrep names no rule, no file and no result");
  const ruled = {
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "Semgrep", rules: [{ id: "r" }] } }, results: [] }],
  };
  expect(read(ruled).findings.size).toBe(0);
});
