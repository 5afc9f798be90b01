import { join } from "node:path";
import { installKernelSpecs, type KernelName, venvJupyterFolder } from "../../src/notebook/kernelSpec.js";
import { hostEnvironment } from "../../src/process/hostEnvironment.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { runProgram } from "../../src/process/runProgram.js";
import { requireExtra } from "../../src/process/venv.js";

export interface Step {
  readonly code: string;
  /** Seconds after which the kernel is interrupted, as a front end does. */
  readonly interruptAfter?: number;
  readonly pauseAfter?: number;
}

export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export interface Answer {
  readonly status: "ok" | "error" | "abort" | "dead" | null;
  readonly reply: Partial<Failure>;
  readonly errors: readonly Failure[];
  readonly text: string;
  readonly displays: readonly {
    readonly type: "display_data" | "update_display_data";
    readonly data: Readonly<Record<string, unknown>>;
    readonly transient: { readonly display_id?: string };
  }[];
  readonly seconds: number;
}

/** Runs steps in one real kernel in `folder`, safelab's or plain tslab, and returns what each answered. */
export async function kernelSession(
  folder: string,
  steps: readonly Step[],
  kernel: KernelName = "safelab",
): Promise<Answer[]> {
  const { python } = await requireExtra("base");
  await installKernelSpecs();
  const script = join(projectRoot(), "test", "notebook", "kernel_session.py");
  const result = await runProgram(python, [script, kernel, folder, JSON.stringify(steps)], {
    env: { ...hostEnvironment(), JUPYTER_PATH: venvJupyterFolder() },
  });
  const last = result.stdout.trim().split("\n").at(-1) ?? "";
  if (result.exitCode !== 0) throw new Error(result.stderr);
  return JSON.parse(last) as Answer[];
}
