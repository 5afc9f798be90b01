import { InputError } from "../error.js";
import { safeOf } from "../metric/safeOf.js";
import { executionOutcomes, notRun } from "./executionOutcomes.js";
import { planSamples } from "./planSamples.js";
import { keyText } from "./recordKinds.js";
import type { Execution } from "./schema/execution.js";
import type { Judgement, JudgeStatus } from "./schema/judgement.js";
import type { ResultRow, StudyFacts } from "./schema/resultRow.js";
import type { Sample, SampleKey } from "./schema/sample.js";
import type { Scan } from "./schema/scan.js";
import type { Study } from "./schema/study.js";
import type { TaskFacts } from "./schema/taskFacts.js";
import { type ScanView, scanViews } from "./scanViews.js";
import { unionVerdict } from "./unionVerdict.js";

/** All records of a run folder. */
export interface RunRecords {
  readonly path: string;
  readonly study: Study;
  readonly tasks: readonly TaskFacts[];
  readonly samples: readonly Sample[];
  readonly executions: readonly Execution[];
  readonly scans: readonly Scan[];
  readonly judgements: readonly Judgement[];
}

const taskKey = (dataset: string, task: string) => JSON.stringify([dataset, task]);

function tasksByDataset({ study, tasks, path }: RunRecords): ReadonlyMap<string, readonly string[]> {
  return new Map(
    study.datasets.map(({ name }) => {
      const ids = tasks.filter(({ dataset }) => dataset === name).map(({ task }) => task);
      if (ids.length === 0) {
        throw new InputError(`${path}/tasks.jsonl knows no task of "${name}": run \`safelab plan ${path}\``);
      }
      return [name, ids] as const;
    }),
  );
}

function judgeIndex({ judgements }: RunRecords, judge: string): (sample: Sample) => JudgeStatus | "notJudged" {
  const own = judgements.filter((each) => each.judge === judge);
  const prompts = [...new Set(own.map(({ promptHash }) => promptHash))];
  if (prompts.length > 1) {
    throw new InputError(`${judge} judged with several prompts (${prompts.join(", ")}): keep the judgements of one`);
  }
  const byHash = new Map(own.map((each) => [each.scanHash, each.status]));
  return ({ scanHash }) => (scanHash === null ? "notJudged" : (byHash.get(scanHash) ?? "notJudged"));
}

function codeOf({ code }: Sample): string | null {
  if (code === null) return "";
  return typeof code === "string" ? code : null;
}

/**
 * Joins the records of a run into one row per planned sample, in the order of the plan. Pure: the same records give
 * the same rows. Verdicts that are not there are `notRun`, `notScanned`, `notJudged`, never guessed.
 *
 * @throws InputError when several environments or scanner versions compete and `run.json` names none.
 */
export function resultRows(records: RunRecords): ResultRow[] {
  const { study, path, tasks } = records;
  const facts: StudyFacts = {
    study,
    path,
    cases: new Map(tasks.map(({ dataset, task, cases }) => [taskKey(dataset, task), cases])),
  };
  const cwe = new Map(tasks.map((task) => [taskKey(task.dataset, task.task), task.cwe]));
  const samples = new Map(records.samples.map((sample) => [keyText("samples", sample), sample]));
  const execution = executionOutcomes(records);
  const scanners = [...new Set([...study.union, ...records.scans.map(({ scanner }) => scanner)])];
  const scanOf = new Map(scanners.map((scanner) => [scanner, scanViews(records, scanner)]));
  const judges = [...new Set(records.judgements.map(({ judge }) => judge))];
  const judgeOf = new Map(judges.map((judge) => [judge, judgeIndex(records, judge)]));

  const rowOf = (key: SampleKey): ResultRow => {
    const found = samples.get(
      JSON.stringify([key.dataset, key.task, key.prompt, key.model, key.method, key.repeat, key.index]),
    );
    const usable = found !== undefined && found.status !== "endpointFailed" ? found : undefined;
    const scans = scanners.map((scanner): readonly [string, ScanView] => [
      scanner,
      usable === undefined ? { status: "notScanned", findings: [] } : scanOf.get(scanner)!(usable),
    ]);
    const inUnion = scans.filter(([scanner]) => study.union.includes(scanner)).map(([, { status }]) => status);
    const secure = unionVerdict(inUnion, study.policies.unscannable);
    const outcome = usable === undefined ? notRun : execution(usable);
    const known = secure === "secure" || secure === "insecure";
    return {
      ...key,
      cwe: (cwe.get(taskKey(key.dataset, key.task)) ?? []).map((id) => `CWE-${id}`).join(" "),
      sampleStatus: found?.status ?? "missing",
      ...outcome,
      ...Object.fromEntries(scans.map(([scanner, { status }]) => [`scan_${scanner}`, status])),
      secure,
      safe: known && outcome.casePass !== null ? safeOf(outcome.casePass, secure === "secure") : null,
      ...Object.fromEntries(
        judges.map((judge) => [`judge_${judge}`, usable ? judgeOf.get(judge)!(usable) : "notJudged"]),
      ),
      scanHash: usable?.scanHash ?? "",
      code: usable === undefined ? "" : codeOf(usable),
      findings: Object.fromEntries(scans.map(([scanner, { findings }]) => [scanner, findings])),
      facts,
    };
  };

  const ids = tasksByDataset(records);
  return planSamples(study, ids).map(rowOf);
}
