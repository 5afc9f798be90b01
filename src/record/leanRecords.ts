import type { Execution } from "./schema/execution.js";
import type { Judgement } from "./schema/judgement.js";
import type { Sample } from "./schema/sample.js";
import type { Scan } from "./schema/scan.js";

/** What to keep of the records of one run. */
export interface LeanRecords {
  readonly samples: (record: Sample) => Sample;
  readonly executions: (record: Execution) => Execution;
  readonly scans: (record: Scan) => Scan;
  readonly judgements: (record: Judgement) => Judgement;
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
  return {
    samples: (sample) => ({
      ...sample,
      dataset: once(sample.dataset),
      task: once(sample.task),
      model: once(sample.model),
      method: once(sample.method),
      scanHash: once(sample.scanHash),
      testHash: once(sample.testHash),
      rounds: [],
    }),
    executions: (execution) => ({
      ...execution,
      dataset: once(execution.dataset),
      task: once(execution.task),
      testHash: once(execution.testHash),
      environment: once(execution.environment),
      cases: execution.cases.map(({ name, outcome }) => ({ name: once(name), outcome, message: "", ms: null })),
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
