import { InputError } from "../error.js";
import { safeOf } from "../metric/safeOf.js";
import { codelessSamples } from "./codelessSamples.js";
import { evenObject } from "./evenObject.js";
import { executionOutcomes, notRun } from "./executionOutcomes.js";
import { looseSamples } from "./looseSamples.js";
import { planSamples } from "./planSamples.js";
import { tasksByDataset } from "./tasksByDataset.js";
import { keyIndex } from "./keyIndex.js";
import { sampleKeyOf } from "./recordKinds.js";
import type { Execution } from "./schema/execution.js";
import type { Judgement, JudgeStatus } from "./schema/judgement.js";
import type { ResultRow, StudyFacts } from "./schema/resultRow.js";
import type { RowLabel } from "./schema/label.js";
import type { Sample, SampleKey } from "./schema/sample.js";
import type { Scan } from "./schema/scan.js";
import type { Study } from "./schema/study.js";
import type { TaskFacts } from "./schema/taskFacts.js";
import { sampleTrace } from "./sampleTrace.js";
import { studyFacts } from "./studyFacts.js";
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

/** The columns that every run has. */
type FixedColumns = { [K in keyof ResultRow as K extends `${"scan" | "judge"}_${string}` ? never : K]: ResultRow[K] };

/** Labels are joined later, by `joinLabels`: they are few, and the rows without them can be kept. */
const unlabelled: readonly RowLabel[] = [];

const scanColumn = (scanner: string) => `scan_${scanner}`;
const judgeColumn = (judge: string) => `judge_${judge}`;

/** All columns, in the order in which tables and files show them. */
function blankRow(scanners: readonly string[], judges: readonly string[]): Record<string, unknown> {
  return evenObject([
    ...["dataset", "task", "prompt", "model", "method", "repeat", "index", "cwe", "sampleStatus"],
    ...["execution", "casePass", "taskPass"],
    ...scanners.map(scanColumn),
    ...["secure", "safe"],
    ...judges.map(judgeColumn),
    ...["scanHash", "code", "findings", "trace", "labels", "facts"],
  ]);
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
 * @throws InputError when several environments or scanner versions compete and `run.json` names none, and for an execution that says passed
 * without all known cases.
 */
export function resultRows(records: RunRecords): ResultRow[] {
  const { study, tasks } = records;
  const planned = planSamples(study, tasksByDataset(records));
  const facts: { -readonly [K in keyof StudyFacts]: StudyFacts[K] } = studyFacts(records);
  const cwe = keyIndex<string>("tasks");
  for (const task of tasks) cwe.set([task.dataset, task.task], task.cwe.map((id) => `CWE-${id}`).join(" "));
  const samples = keyIndex<Sample>("samples");
  for (const sample of records.samples) samples.set(sampleKeyOf(sample), sample);
  const recorded = planned.map((key) => samples.get(sampleKeyOf(key)));
  const codeless = codelessSamples(recorded.flatMap((sample) => sample ?? []));
  const execution = executionOutcomes(records, codeless);
  const scanners = [...new Set([...study.union, ...records.scans.map(({ scanner }) => scanner)])];
  const scanOf = scanners.map((scanner) => scanViews(records, scanner, codeless));
  const judges = [...new Set(records.judgements.map(({ judge }) => judge))];
  const judgeOf = judges.map((judge) => judgeIndex(records, judge));

  const blank = blankRow(scanners, judges);
  const noScans = scanners.map((): ScanView => ({ status: "notScanned", findings: [] }));
  const findingsOf = (scans: readonly ScanView[]): ResultRow["findings"] =>
    Object.fromEntries(scans.map(({ findings }, i) => [scanners[i] ?? "", findings] as const));
  const noFindings = findingsOf(noScans);
  const scanColumns = scanners.map(scanColumn);
  const judgeColumns = judges.map(judgeColumn);
  const union = scanners.map((scanner) => study.union.includes(scanner));

  const rowOf = (key: SampleKey, found: Sample | undefined): ResultRow => {
    const usable = found !== undefined && found.status !== "endpointFailed" ? found : undefined;
    const scans = usable === undefined ? noScans : scanOf.map((view) => view(usable));
    const inUnion = scans.filter((_, i) => union[i]).map(({ status }) => status);
    const secure = unionVerdict(inUnion, study.policies);
    const outcome = usable === undefined ? notRun : execution(usable);
    const known = secure === "secure" || secure === "insecure";
    const row: FixedColumns = {
      dataset: key.dataset,
      task: key.task,
      prompt: key.prompt,
      model: key.model,
      method: key.method,
      repeat: key.repeat,
      index: key.index,
      cwe: cwe.get([key.dataset, key.task]) ?? "",
      sampleStatus: found?.status ?? "missing",
      execution: outcome.execution,
      casePass: outcome.casePass,
      taskPass: outcome.taskPass,
      secure,
      safe: known && outcome.casePass !== null ? safeOf(outcome.casePass, secure === "secure") : null,
      scanHash: usable?.scanHash ?? "",
      code: usable === undefined ? "" : codeOf(usable),
      findings: scans.every(({ findings }) => findings.length === 0) ? noFindings : findingsOf(scans),
      trace: usable === undefined ? undefined : sampleTrace(usable),
      labels: unlabelled,
      facts,
    };
    const filled = Object.assign({ ...blank }, row);
    for (const [i, column] of scanColumns.entries()) filled[column] = scans[i]?.status;
    for (const [i, column] of judgeColumns.entries()) filled[column] = usable ? judgeOf[i]?.(usable) : "notJudged";
    return filled as ResultRow;
  };

  const rows = planned.map((key, at) => rowOf(key, recorded[at]));
  // Mostly every recorded sample has its row, and then none need be looked for.
  const present = rows.reduce((count, { sampleStatus }) => (sampleStatus === "missing" ? count : count + 1), 0);
  const loose = present === records.samples.length ? [] : looseSamples(records, planned);
  if (loose.length > 0) facts.looseSamples = loose;
  return rows;
}
