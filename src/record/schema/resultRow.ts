import type { ExecutionStatus } from "./execution.js";
import type { JudgeStatus } from "./judgement.js";
import type { RowLabel } from "./label.js";
import type { PromptKind, SampleStatus, StopReason } from "./sample.js";
import type { Finding, ScanStatus } from "./scan.js";
import type { Study } from "./study.js";
import type { BuiltCases } from "./taskFacts.js";

/** A label whose sample the run does not have: it stays in its file and counts nowhere. */
export interface LooseLabel {
  /** File and line, e.g. `labels.ada.jsonl:2`. */
  readonly place: string;
  readonly question: string;
  readonly annotator: string;
  /** The sample that it is of, in words. */
  readonly sample: string;
  /** Why the run does not have the sample, and what makes the label count. */
  readonly why: string;
  readonly mend: string;
}

/**
 * Recorded samples that the study does not plan, for one reason: they stay in their file and count nowhere. `unknownTask`: `tasks.jsonl` does not
 * know their tasks. `task`: `run.json` chooses others of the data set. `configuration`: it names no such data set, model, method or
 * prompt. `repeat`, `index`: beyond its `repeats`, its `k`.
 */
export interface LooseSamples {
  readonly reason: "unknownTask" | "task" | "configuration" | "repeat" | "index";
  readonly count: number;
  /** What they are of that the study does not ask for, each once: tasks, parts of configurations, numbers of repeats or samples. */
  readonly of: readonly string[];
}

/** What all rows of a run share. */
export interface StudyFacts {
  readonly study: Study;
  /** The run folder that the rows were read from. */
  readonly path: string;
  /** Number of test cases per `JSON.stringify([dataset, task])`. */
  readonly cases: ReadonlyMap<string, number>;
  /** How the generated ones came about, under the same keys; tasks whose cases a publisher made are not there. */
  readonly built: ReadonlyMap<string, BuiltCases>;
  /** Labels whose samples the run does not have; absent where there are none. */
  readonly looseLabels?: readonly LooseLabel[];
  /** Recorded samples that the study does not plan, by reason; absent where there are none. */
  readonly looseSamples?: readonly LooseSamples[];
}

/** What a method recorded of the way to its sample: rounds of a loop, constraints of its decoding. */
export interface SampleTrace {
  /** Why the loop stopped. */
  readonly stop?: StopReason;
  /** The verdict of the method's own scanner after each round; the first is of the first generation, round 0. */
  readonly verdicts?: readonly ScanStatus[];
  /** How many constraints applied to the task, and how many of them the code keeps to. */
  readonly constraints?: { readonly applied: number; readonly met: number };
}

/**
 * One planned sample with everything that is known of it. Rows exist for all that the study planned:
 * `sampleStatus` is `missing` where nothing was generated yet.
 */
export interface ResultRow {
  readonly dataset: string;
  readonly task: string;
  readonly prompt: PromptKind;
  readonly model: string;
  readonly method: string;
  readonly repeat: number;
  readonly index: number;
  /** Labelled CWEs of the task, e.g. `CWE-78`, joined by a space; empty without a label. */
  readonly cwe: string;
  readonly sampleStatus: SampleStatus | "missing";
  /** `notRun` where no execution record exists. */
  readonly execution: ExecutionStatus;
  /** Share of the known cases that passed, 0 … 1; `null` where `execution` is `notRun`. */
  readonly casePass: number | null;
  /** Every case passed; `null` where `execution` is `notRun`. */
  readonly taskPass: boolean | null;
  /** Union verdict after the study's policy for code that does not parse; `notScanned` where a scanner of the union is missing. */
  readonly secure: "secure" | "insecure" | "excluded" | "scanFailed" | "notScanned";
  /** SAFE of this one sample (equation 1, k = 1); `null` where `secure` or `casePass` is unknown. */
  readonly safe: number | null;
  /** SHA-256 of the scanned text; empty without code. */
  readonly scanHash: string;
  /** The extracted code; empty where there is none, `null` where it is withheld. Not a column of tables. */
  readonly code: string | null;
  /** Findings per scanner that count under the study's thresholds. Not a column of tables. */
  readonly findings: Readonly<Record<string, readonly Finding[]>>;
  /** The answers of annotators that count, in the order of their names. Not a column of tables. */
  readonly labels: readonly RowLabel[];
  /** What the method recorded of the way to its sample, where it records any of it. Not a column of tables. */
  readonly trace?: SampleTrace | undefined;
  /** What all rows share. Not a column of tables. */
  readonly facts: StudyFacts;
  /** Verdict of each scanner, e.g. `scan_bandit`. */
  readonly [scan: `scan_${string}`]: ScanStatus | "notScanned";
  /** Verdict of each judge, e.g. `judge_qwen`. */
  readonly [judge: `judge_${string}`]: JudgeStatus | "notJudged";
}
