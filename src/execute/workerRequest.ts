import type { Limits } from "../record/schema/execution.js";
import type { CasesTask, Fixtures } from "../task/task.js";

/** What of a sample is run, by the style of its task. */
export type SampleRequest =
  | { style: "unittest"; code: string; test: string; entryPoint: string; names: readonly string[] }
  | {
      style: "cases";
      setup: string;
      code: string;
      entryPoint: string;
      cases: readonly string[];
      fixtures?: Fixtures;
    };

/** What is run for a sample of the cases style. */
export function casesRequest(task: CasesTask, code: string): SampleRequest {
  const { setup, entryPoint, cases, fixtures } = task;
  return { style: "cases", setup, code, entryPoint, cases, ...(fixtures === undefined ? {} : { fixtures }) };
}

/** What the worker is asked to run. */
export type WorkerRequest = SampleRequest & {
  readonly limits: Limits;
  /** Whether the files that the sample leaves in its folder are told too. */
  readonly keep: boolean;
};

/** What a worker is told once, before its first request. */
export interface WorkerSettings {
  readonly isolated: boolean;
  /** Whether it forks every sample into namespaces of its own; otherwise it runs one request and ends. */
  readonly nested: boolean;
  /** How many requests each stage's parent gets at a time. */
  readonly slots: number;
  /** Libraries to have imported before any sample, by the name that `import` takes, in stages. */
  readonly imports: readonly (readonly string[])[];
  /** Folders that a sample can write to, each with its bound in bytes. */
  readonly folders: readonly (readonly [place: string, bytes: number])[];
  /** MiB above which a sample says that it is heavy. */
  readonly heavyMib: number;
}
