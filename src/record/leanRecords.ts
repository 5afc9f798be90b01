import type { Execution } from "./schema/execution.js";
import type { Judgement } from "./schema/judgement.js";
import type { Constraint, Round, Sample } from "./schema/sample.js";
import type { Scan } from "./schema/scan.js";

/** What to keep of the records of one run. */
export interface LeanRecords {
  readonly samples: (record: Sample) => Sample;
  readonly executions: (record: Execution) => Execution;
  readonly scans: (record: Scan) => Scan;
  readonly judgements: (record: Judgement) => Judgement;
}

/** Of a round only its scan is needed. */
function leanRound({ scan }: Round): Round[] {
  if (scan === undefined) return [];
  const nothing = { reply: null, finishReason: null, tokens: null, seconds: 0, endpoint: "" };
  return [{ purpose: "", sent: { prompt: "" }, ...nothing, scan }];
}

/** Of a constraint only whether it is met is needed. */
function leanConstraint({ kind, met }: Constraint): Constraint {
  return { kind, phrases: [], met };
}

/**
 * Leaves out of records what no result row needs: a sample's prompts and replies, what an execution printed, a judge's words. They are
 * most of a run folder's bytes. What two records under one key must agree in stays. Hashes and names, which every log repeats, are
 * held once.
 */
export function leanRecords(): LeanRecords {
  const known = new Map<string, string>();
  const once = <T extends string | null>(text: T): T => {
    if (text === null) return text;
    const held = known.get(text);
    if (held !== undefined) return held as T;
    known.set(text, text);
    return text;
  };
  const casesKnown = new Map<string, Execution["cases"]>();
  /** Name and outcome of each case; executions of one task mostly share them. */
  const casesOnce = (cases: Execution["cases"]): Execution["cases"] => {
    const text = JSON.stringify(cases.map(({ name, outcome }) => [name, outcome]));
    const held = casesKnown.get(text);
    if (held !== undefined) return held;
    const lean = cases.map(({ name, outcome }) => ({ name, outcome, message: "", ms: null }));
    casesKnown.set(text, lean);
    return lean;
  };
  return {
    samples: (sample) => ({
      ...sample,
      dataset: once(sample.dataset),
      task: once(sample.task),
      model: once(sample.model),
      method: once(sample.method),
      scanHash: once(sample.scanHash),
      testHash: once(sample.testHash),
      rounds: sample.rounds.flatMap(leanRound),
      ...(sample.constraints === undefined ? {} : { constraints: sample.constraints.map(leanConstraint) }),
    }),
    executions: (execution) => ({
      ...execution,
      dataset: once(execution.dataset),
      task: once(execution.task),
      testHash: once(execution.testHash),
      environment: once(execution.environment),
      cases: casesOnce(execution.cases),
      output: "",
    }),
    scans: (scan) => ({
      ...scan,
      scanHash: once(scan.scanHash),
      scanner: once(scan.scanner),
      version: once(scan.version),
      rulesHash: once(scan.rulesHash),
    }),
    judgements: (judgement) => ({
      ...judgement,
      scanHash: once(judgement.scanHash),
      judge: once(judgement.judge),
      promptHash: once(judgement.promptHash),
      reply: null,
      findings: [],
      attempts: [],
    }),
  };
}
