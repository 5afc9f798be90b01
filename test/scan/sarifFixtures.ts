import type { Log, ReportingDescriptor, Result } from "sarif";

/** Logs written by hand in the manner of each tool, checked against the published types of SARIF 2.1.0. */

const injection: ReportingDescriptor = {
  id: "py/command-line-injection",
  name: "py/command-line-injection",
  defaultConfiguration: { enabled: true, level: "error" },
  properties: {
    tags: ["correctness", "security", "external/cwe/cwe-078", "external/cwe/cwe-088"],
    kind: "path-problem",
    precision: "high",
    "security-severity": "9.8",
  },
};
const urllib: ReportingDescriptor = {
  id: "py/request-without-cert-validation",
  properties: { tags: ["security", "external/cwe/cwe-295"], precision: "medium", "security-severity": "6.5" },
};

function at(uri: string, region: object): Result["locations"] {
  return [{ physicalLocation: { artifactLocation: { uri, uriBaseId: "%SRCROOT%", index: 0 }, region } }];
}

const extraction = [
  {
    descriptor: { id: "py/diagnostics/successfully-extracted-files", index: 0 },
    level: "none" as const,
    message: { text: "" },
    locations: at("a.py", {}) ?? [],
  },
  {
    descriptor: { id: "py/diagnostics/extraction-warnings", index: 1 },
    level: "warning" as const,
    message: { text: "Extraction failed in broken.py with error Syntax Error" },
    locations: at("broken.py", { startLine: 3 }) ?? [],
  },
];

/** CodeQL: severity and CWE on the rule, rules on the driver; `startColumn` and `endLine` left out. */
export const codeqlLog: Log = {
  version: "2.1.0",
  $schema: "https://json.schemastore.org/sarif-2.1.0.json",
  runs: [
    {
      tool: {
        driver: { name: "CodeQL", organization: "GitHub", semanticVersion: "2.23.1", rules: [injection, urllib] },
      },
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: extraction }],
      artifacts: [{ location: { uri: "a.py", uriBaseId: "%SRCROOT%", index: 0 } }],
      results: [
        {
          ruleId: "py/request-without-cert-validation",
          ruleIndex: 1,
          rule: { id: "py/request-without-cert-validation", index: 1 },
          message: { text: "This request may run without certificate validation." },
          locations: at("a.py", { startLine: 9, endColumn: 20 }),
        },
        {
          ruleId: "py/command-line-injection",
          ruleIndex: 0,
          rule: { id: "py/command-line-injection", index: 0 },
          message: { text: "This command line depends on a [user-provided value](1)." },
          locations: at("a.py", { startLine: 4, startColumn: 5, endLine: 6, endColumn: 2 }),
          partialFingerprints: { primaryLocationLineHash: "39fa2ee980eb94b0:1" },
          suppressions: [{ kind: "inSource" }],
        },
      ],
    },
  ],
};

/** CodeQL with `--sarif-group-rules-by-pack`: the rules are those of an extension. */
export const codeqlByPackLog: Log = {
  version: "2.1.0",
  runs: [
    {
      tool: {
        driver: { name: "CodeQL command-line toolchain", version: "2.23.1", rules: [urllib] },
        extensions: [
          { name: "codeql/python-all", semanticVersion: "4.0.0" },
          { name: "codeql/python-queries", semanticVersion: "1.6.0", rules: [urllib, injection] },
        ],
      },
      results: [
        {
          rule: { id: "py/command-line-injection", index: 1, toolComponent: { index: 1 } },
          ruleId: "py/command-line-injection",
          message: { text: "This command line depends on a user-provided value." },
          locations: at("a.py", { startLine: 4 }),
        },
      ],
    },
  ],
};

/** Semgrep: CWE and confidence as words in tags, `security-severity` absent, level on the rule, notifications without a place. */
export const semgrepLog: Log = {
  version: "2.1.0",
  runs: [
    {
      tool: {
        driver: {
          name: "Semgrep OSS",
          semanticVersion: "1.140.0",
          rules: [
            {
              id: "python.lang.security.audit.eval",
              defaultConfiguration: { level: "warning" },
              properties: {
                precision: "very-high",
                tags: [
                  "CWE-95: Improper Neutralization of Directives in Dynamically Evaluated Code",
                  "LOW CONFIDENCE",
                  "security",
                ],
              },
            },
          ],
        },
      },
      invocations: [
        {
          executionSuccessful: true,
          toolExecutionNotifications: [
            {
              descriptor: { id: "Syntax error" },
              level: "warning",
              message: { text: "Syntax error at line src/broken.py:3:\n `def f(:` was unexpected" },
            },
          ],
        },
      ],
      results: [
        {
          ruleId: "python.lang.security.audit.eval",
          message: { text: "eval of a variable" },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: "src/a%20b.py", uriBaseId: "%SRCROOT%" },
                region: { startLine: 2, endLine: 3 },
              },
            },
          ],
          suppressions: [{ kind: "inSource" }],
        },
      ],
    },
  ],
};

/** A tool that refers to CWE as a taxonomy, names the file by its index, and lists what is no failure. */
export const taxonomyLog: Log = {
  version: "2.1.0",
  runs: [
    {
      tool: {
        driver: {
          name: "Flawtool",
          version: "3.0",
          rules: [
            {
              id: "F1",
              relationships: [{ target: { id: "CWE-327", toolComponent: { name: "CWE" } }, kinds: ["relevant"] }],
            },
          ],
        },
      },
      artifacts: [{ location: { uri: "a.py" } }],
      results: [
        {
          ruleId: "F1",
          level: "note",
          message: { text: "weak hash" },
          taxa: [{ id: "328", toolComponent: { name: "CWE" } }],
          locations: [{ physicalLocation: { artifactLocation: { index: 0 }, region: { startLine: 7 } } }],
        },
        { ruleId: "F1", kind: "pass", message: { text: "fine" } },
      ],
    },
  ],
};

/** Bearer's SARIF names no CWE at all. */
export const bearerLog: Log = {
  version: "2.1.0",
  runs: [
    {
      tool: {
        driver: { name: "Bearer", rules: [{ id: "python_lang_eval_linter", properties: { tags: ["security"] } }] },
      },
      results: [
        {
          ruleId: "python_lang_eval_linter",
          level: "error",
          message: { text: "Usage of eval" },
          locations: [
            { physicalLocation: { artifactLocation: { uri: "a.py" }, region: { startLine: 1, endLine: 1 } } },
          ],
        },
      ],
    },
  ],
};
