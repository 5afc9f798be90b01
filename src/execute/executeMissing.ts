import type { WorkOptions } from "../progress.js";
import { nameEnvironments } from "../record/nameCounting.js";
import { type Appender, openAppender } from "../record/openAppender.js";
import { readRecords } from "../record/readRecords.js";
import type { RunFolder } from "../record/runFolder.js";
import type { Environment, Execution } from "../record/schema/execution.js";
import { runControls } from "./controls.js";
import { executeSamples } from "./executeSamples.js";
import { importedOften } from "./importedOften.js";
import { longestFirst } from "./longestFirst.js";
import { openRunner } from "./openRunner.js";
import { type Plan, remaining } from "./planDataset.js";

/** What came of the work. */
export interface ExecutedWork {
  /** New executions by status. */
  readonly counts: Readonly<Record<string, number>>;
  /** Distinct texts that were executed before in the same environment. */
  readonly recorded: number;
  /** Tasks that the reference does not decide, and why: their samples stay `notRun`. */
  readonly undecidable: readonly { readonly dataset: string; readonly task: string; readonly reason: string }[];
}

/** What of the plans is still to do, as the folder stands now. */
async function remainingOf(run: RunFolder, plans: readonly Plan[]) {
  const executions = await readRecords(run, "executions");
  const work = plans.map((plan) => ({ ...plan, ...remaining(plan, executions) }));
  return {
    work,
    executions,
    total: work.reduce((sum, { missing }) => sum + missing.length, 0),
    recorded: work.reduce((sum, plan) => sum + plan.recorded, 0),
  };
}

type Remaining = Awaited<ReturnType<typeof remainingOf>>;

/** Names the environments whose executions are there as those that count, where others compete. */
function nameRecorded(run: RunFolder, { work }: Remaining): Promise<RunFolder> {
  const there = work.filter(({ recorded }) => recorded > 0);
  return nameEnvironments(run, Object.fromEntries(there.map((plan) => [plan.dataset, plan.environment.hash])));
}

async function recordEnvironment(run: RunFolder, environment: Environment): Promise<void> {
  const known = await readRecords(run, "environments");
  if (known.some(({ hash }) => hash === environment.hash)) return;
  const appender = await openAppender(run, "environments");
  try {
    await appender.append(environment);
  } finally {
    await appender.close();
  }
}

interface Work {
  readonly run: RunFolder;
  readonly appender: Appender<Execution>;
  /** What was executed before, for the order. */
  readonly executions: readonly Execution[];
  /** Told the status of each job as it ends. */
  readonly count: (status: string) => void;
  readonly stop: Pick<WorkOptions, "signal">;
}

/** Executes the control samples and then a data set's missing jobs; returns the tasks that their reference does not decide. */
async function executePlan(plan: Remaining["work"][number], work: Work): Promise<ExecutedWork["undecidable"]> {
  const { dataset, environment, missing } = plan;
  const { run, appender, executions, count, stop } = work;
  const imports = importedOften(missing.map(({ task }) => task));
  const context = { ...plan.context, ...stop, imports };
  const runner = openRunner(context);
  const undecidable: ExecutedWork["undecidable"][number][] = [];
  let isNamed = false;
  try {
    await runControls({ ...context, runner, exceptions: "typeAndMessage", environment: "" });
    await recordEnvironment(run, environment);
    const options = { ...context, runner, exceptions: environment.exceptions, environment: environment.hash };
    for await (const outcome of executeSamples(longestFirst(missing, executions), options)) {
      if (outcome.kind === "executed") {
        // Before the first record: stopped at any time, the folder says which environment counts.
        if (!isNamed) await nameEnvironments(run, { [dataset]: environment.hash });
        isNamed = true;
        await appender.append(outcome.execution);
        count(outcome.execution.status);
      } else {
        undecidable.push({ dataset, task: outcome.job.task.id, reason: outcome.reason });
        count("notRun");
      }
    }
  } finally {
    await runner.close();
  }
  return undecidable;
}

/** Executes what the plans still lack. The lock is taken before the folder is read for the last time, and only with work to do. */
export async function executeMissing(
  run: RunFolder,
  plans: readonly Plan[],
  { onProgress, ...stop }: WorkOptions,
): Promise<ExecutedWork> {
  const before = await remainingOf(run, plans);
  if (before.total === 0) {
    await nameRecorded(run, before);
    return { counts: {}, recorded: before.recorded, undecidable: [] };
  }
  const appender = await openAppender(run, "executions");
  try {
    const now = await remainingOf(run, plans);
    const { total, recorded, executions } = now;
    const named = await nameRecorded(run, now);
    const counts: Record<string, number> = {};
    const lacking = now.work.filter(({ missing }) => missing.length > 0);
    if (lacking.length === 0) return { counts, recorded, undecidable: [] };

    let done = 0;
    const tell = () => onProgress?.({ stage: "execute", done, total, counts: { ...counts } });
    const count = (status: string) => {
      counts[status] = (counts[status] ?? 0) + 1;
      done += 1;
      tell();
    };
    tell();
    const undecidable: ExecutedWork["undecidable"][number][] = [];
    for (const plan of lacking) {
      undecidable.push(...(await executePlan(plan, { run: named, appender, executions, count, stop })));
    }
    return { counts, recorded, undecidable };
  } finally {
    await appender.close();
  }
}
