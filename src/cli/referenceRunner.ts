import { defaultLimits } from "../execute/defaultLimits.js";
import { chooseIsolation, contextOf } from "../execute/executeRun.js";
import { openRunner } from "../execute/openRunner.js";
import type { RunContext } from "../execute/runWorker.js";

/** Opens one sandboxed worker for the references of a data set, and closes it after `use`. @throws SetupError without isolation. */
export async function withReferenceRunner<T>(
  dataset: string,
  signal: AbortSignal,
  use: (context: RunContext) => Promise<T>,
): Promise<T> {
  const context = { isolation: await chooseIsolation("bubblewrap"), ...(await contextOf(dataset, undefined)) };
  const runner = openRunner({ ...context, signal }, 1);
  try {
    return await use({ runner, limits: defaultLimits });
  } finally {
    await runner.close();
  }
}
