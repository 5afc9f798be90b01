import { createHash } from "node:crypto";
import type { Execution } from "../../src/record/schema/execution.js";
import type { Judgement } from "../../src/record/schema/judgement.js";
import type { Round, Sample } from "../../src/record/schema/sample.js";
import type { Finding, Scan } from "../../src/record/schema/scan.js";
import type { SeededRandom } from "../../src/stat/seededRandom.js";
import { alsoFlags, type SyntheticDesign } from "./syntheticDesign.js";

/** The environment that every made-up execution names. */
export const environment = createHash("sha256").update("synthetic").digest("hex");

/** What a sample is to be. */
export interface SampleTruth {
  readonly dataset: string;
  readonly task: string;
  readonly prompt: "nl" | "ct";
  readonly model: string;
  readonly method: string;
  readonly repeat: number;
  readonly secure: boolean;
  readonly functional: boolean;
}

/** All records that stand behind one sample. */
export interface SampleRecords {
  readonly samples: readonly Sample[];
  readonly executions: readonly Execution[];
  readonly scans: readonly Scan[];
  readonly judgements: readonly Judgement[];
}

const prompt =
  "Write a Python function that does what the text below says, with its imports and its signature. ".repeat(8);
const body =
  "    for item in rows:\n        value = item.get('name', '')\n        found.append(value.strip())\n".repeat(10);

/** Makes the records of one sample. */
export function syntheticRecords(truth: SampleTruth, design: SyntheticDesign, random: SeededRandom): SampleRecords {
  const { dataset, task, prompt: asked, model, method, repeat, secure } = truth;
  const code = `def task_func(rows):\n    # ${dataset} ${task} ${asked} ${model} ${method} ${repeat}\n    found = []\n${body}    return found\n`;
  const hash = createHash("sha256").update(code).digest("hex");
  const certain = secure ? -1 : random.below(design.scanners.length);
  const flags = design.scanners.map((_, i) => i === certain || (!secure && random.uniform() < alsoFlags));
  const avoids = design.planted[method]?.avoids ?? [];
  const rules = Array.from({ length: 20 }, (_, rule) => rule).filter((rule) => !avoids.includes(rule));
  const calls = method === "promsec" ? 3 : 1;
  return {
    samples: [
      {
        schemaVersion: 1,
        ...{ dataset, task, prompt: asked, model, method, repeat, index: 0 },
        status: "generated",
        code,
        scanHash: hash,
        testHash: hash,
        repairs: [],
        rounds: Array.from({ length: calls }, () => roundOf(code, model)),
      },
    ],
    executions: [executionOf(truth, hash, design.cases, random)],
    scans: design.scanners.map((scanner, i) => scanOf(scanner, hash, flags[i] === true ? rules : [], random)),
    judgements: design.judges.map((judge) => judgementOf(judge, hash, secure === random.uniform() < 0.8)),
  };
}

function roundOf(code: string, endpoint: string): Round {
  return {
    purpose: "generate",
    sent: { messages: [{ role: "user", content: prompt }] },
    reply: `Here is the function.\n\`\`\`python\n${code}\`\`\`\n`,
    finishReason: "stop",
    tokens: { prompt: 210, completion: 340 },
    seconds: 4.2,
    endpoint,
  };
}

/** Where not all cases pass, every smaller number of them is as likely. */
function executionOf(
  { dataset, task, functional }: SampleTruth,
  testHash: string,
  cases: number,
  random: SeededRandom,
) {
  const passed = functional ? cases : random.below(cases);
  return {
    schemaVersion: 1,
    ...{ dataset, task, testHash, environment },
    status: functional ? "passed" : "failed",
    reason: "",
    cases: Array.from({ length: cases }, (_, i) => ({
      name: `test_case_${i + 1}`,
      outcome: i < passed ? "passed" : "failed",
      message: i < passed ? "" : "AssertionError: the lists differ in their first element: 'a' is not 'b'",
      ms: 3,
    })),
    output: "",
    seconds: 0.3,
    peakMiB: 31.5,
  } satisfies Execution;
}

/** A scan that flags the sample by one or two of the rules, or by none where it has none. */
function scanOf(scanner: string, scanHash: string, rules: readonly number[], random: SeededRandom): Scan {
  const flagged = rules.length > 0;
  const findings = flagged ? Array.from({ length: 1 + random.below(2) }, () => findingOf(scanner, rules, random)) : [];
  const status = flagged ? "insecure" : "secure";
  return {
    schemaVersion: 1,
    scanHash,
    scanner,
    version: "1.0.0",
    rulesHash: environment,
    status,
    reason: "",
    findings,
  };
}

function findingOf(scanner: string, rules: readonly number[], random: SeededRandom): Finding {
  const rule = rules[random.below(rules.length)] ?? 0;
  const line = 1 + random.below(30);
  return {
    ruleId: `${scanner}/rule-${rule}`,
    cwe: [[78, 79, 89, 22, 327, 330, 502, 611, 703, 798][rule % 10] ?? 20],
    severity: "MEDIUM",
    confidence: "HIGH",
    lines: [line, line],
    message: "The value comes from outside and is used without a check.",
  };
}

function judgementOf(judge: string, scanHash: string, secure: boolean): Judgement {
  return {
    schemaVersion: 1,
    ...{ scanHash, judge, promptHash: environment },
    status: secure ? "secure" : "insecure",
    cwe: secure ? [] : [78],
    lines: secure ? [] : [4],
    reply:
      `The function reads its rows and ${secure ? "does nothing that an attacker could use" : "passes them on unchecked"}. `.repeat(
        3,
      ),
  };
}
