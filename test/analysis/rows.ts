import type { ResultRow, StudyFacts } from "../../src/record/schema/resultRow.js";
import type { Finding, ScanStatus } from "../../src/record/schema/scan.js";
import { Study } from "../../src/record/schema/study.js";
import { safeOf } from "../../src/metric/safeOf.js";
import { unionVerdict } from "../../src/record/unionVerdict.js";

/** A study of these names, and the facts its rows share. */
export function facts(study: Partial<Study> = {}): StudyFacts {
  const whole = Study.parse({
    schemaVersion: 1,
    name: "synthetic",
    datasets: [{ name: "D1" }],
    models: [{ name: "m1" }],
    methods: ["base", "sven"],
    prompts: ["nl"],
    ...study,
  });
  return { study: whole, path: "run", cases: new Map(), built: new Map() };
}

/** What a test says of one row; the rest follows. `scans` and `judges` are by name. */
export interface Sketch {
  readonly dataset?: string;
  readonly task: string;
  readonly prompt?: "nl" | "ct";
  readonly model?: string;
  readonly method?: string;
  readonly repeat?: number;
  readonly index?: number;
  readonly cwe?: string;
  readonly sampleStatus?: ResultRow["sampleStatus"];
  /** Share of cases passed; absent: not executed. */
  readonly casePass?: number;
  readonly scans?: Readonly<Record<string, ScanStatus | "notScanned">>;
  readonly judges?: Readonly<Record<string, string>>;
  readonly findings?: Readonly<Record<string, readonly Finding[]>>;
  readonly code?: string;
  readonly labels?: ResultRow["labels"];
  readonly trace?: ResultRow["trace"];
}

/** A frozen result row, joined as the results join it. */
export function row(shared: StudyFacts, sketch: Sketch): ResultRow {
  const { casePass, scans = {}, judges = {}, findings = {}, code = "", labels = [], trace, ...key } = sketch;
  const inUnion = shared.study.union.map((scanner) => scans[scanner] ?? "notScanned");
  const secure = unionVerdict(inUnion, shared.study.policies);
  const known = secure === "secure" || secure === "insecure";
  return Object.freeze({
    dataset: "D1",
    prompt: "nl" as const,
    model: "m1",
    method: "base",
    repeat: 0,
    index: 0,
    cwe: "",
    sampleStatus: "generated" as const,
    ...key,
    execution:
      casePass === undefined ? ("notRun" as const) : casePass === 1 ? ("passed" as const) : ("failed" as const),
    casePass: casePass ?? null,
    taskPass: casePass === undefined ? null : casePass === 1,
    ...Object.fromEntries(shared.study.union.map((scanner) => [`scan_${scanner}`, "notScanned"])),
    ...Object.fromEntries(Object.entries(scans).map(([scanner, status]) => [`scan_${scanner}`, status])),
    secure,
    safe: known && casePass !== undefined ? safeOf(casePass, secure === "secure") : null,
    ...Object.fromEntries(Object.entries(judges).map(([judge, status]) => [`judge_${judge}`, status])),
    scanHash: "",
    code,
    findings,
    labels,
    ...(trace === undefined ? {} : { trace }),
    facts: shared,
  });
}

/** A finding of this rule and these CWEs. */
export function finding(ruleId: string, ...cwe: number[]): Finding {
  return { ruleId, cwe, severity: "HIGH", confidence: "HIGH", lines: [1, 1], message: "" };
}

/** Numbers in [0, 1) from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What a synthetic run holds. */
export interface Design {
  readonly datasets?: readonly string[];
  readonly models?: readonly string[];
  readonly methods?: readonly string[];
  readonly prompts?: readonly ("nl" | "ct")[];
  readonly scanners?: readonly string[];
  readonly judges?: readonly string[];
  readonly tasks?: number;
  readonly seed?: number;
  readonly executed?: boolean;
  readonly scanned?: boolean;
}

const cwes = [327, 78, 89, 502, 22, 377, 703, 259];

/** A seeded run in which later methods are safer and work less often. Task difficulty is shared, so samples pair. */
export function syntheticRows(design: Design = {}): ResultRow[] {
  const { datasets = ["D1"], models = ["m1"], methods = ["base", "sven"], prompts = ["nl"] } = design;
  const { scanners = ["codeql", "bearer", "bandit"], judges = [], tasks = 60, seed = 1 } = design;
  const shared = facts({
    datasets: datasets.map((name) => ({ name, tasks: "all" as const })),
    models: models.map((name) => ({ name, route: "chat" as const })),
    methods: [...methods],
    prompts: [...prompts],
    union: [...scanners],
  });
  const random = seeded(seed);
  const rows: ResultRow[] = [];
  for (const dataset of datasets)
    for (let task = 0; task < tasks; task++) {
      const difficulty = random();
      for (const [m, model] of models.entries())
        for (const prompt of prompts)
          for (const [level, method] of methods.entries()) {
            const works = random() * 0.6 + difficulty * 0.6 > 0.35 + 0.08 * level + 0.03 * m;
            const casePass = works ? 1 : Math.floor(random() * 6) / 6;
            const verdicts = scanners.map((scanner, s) => {
              const flagged = random() < [0.04, 0.3, 0.25][s % 3]! - 0.03 * level;
              const named = cwes[Math.floor(random() ** 2 * cwes.length)] ?? 327;
              return {
                scanner,
                status: flagged ? "insecure" : "secure",
                findings: flagged ? [finding("R", named)] : [],
              } as const;
            });
            const scanned = design.scanned !== false;
            rows.push(
              row(shared, {
                dataset,
                task: `t${task}`,
                prompt,
                model,
                method,
                cwe: dataset === datasets[1] ? "CWE-78" : "",
                ...(design.executed === false ? {} : { casePass }),
                scans: scanned ? Object.fromEntries(verdicts.map(({ scanner, status }) => [scanner, status])) : {},
                judges: Object.fromEntries(
                  judges.map((judge) => [judge, random() < 0.6 ? "secure" : random() < 0.9 ? "insecure" : "unsure"]),
                ),
                findings: scanned
                  ? Object.fromEntries(verdicts.map(({ scanner, findings }) => [scanner, findings]))
                  : {},
              }),
            );
          }
    }
  return rows;
}
