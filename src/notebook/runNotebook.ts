import { basename, dirname, extname, join, resolve } from "node:path";
import { InputError, SetupError } from "../error.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { projectRoot } from "../process/projectRoot.js";
import { type ProgramResult, runProgram } from "../process/runProgram.js";
import { requireExtra } from "../process/venv.js";
import type { WorkOptions } from "../progress.js";
import { installKernelSpecs, venvJupyterFolder } from "./kernelSpec.js";
import { notebookCss } from "./notebookCss.js";

/** How to run notebooks: where (in their own folders), what the kernel finds in its environment, and how long one cell may take (10 minutes). */
export interface NotebookOptions extends WorkOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cellTimeoutMs?: number;
}

/** An executed notebook: where it was written, with outputs and as a page, and how long it took. */
export interface NotebookResult {
  readonly notebook: string;
  readonly ipynb: string;
  readonly html: string;
  readonly seconds: number;
}

type NotebookEvent =
  | { readonly event: "cell"; readonly done: number; readonly total: number }
  | { readonly event: "failed"; readonly kind: string; readonly text: string; readonly cell: number | null }
  | { readonly event: "written" };

const mark = "@safelab ";

function eventOf(line: string): NotebookEvent | undefined {
  return line.startsWith(mark) ? (JSON.parse(line.slice(mark.length)) as NotebookEvent) : undefined;
}

const lastWords = (text: string) => text.trim().split("\n").slice(-4).join(" | ").slice(-600);

function failure(notebook: string, result: ProgramResult, timeoutMs: number): Error {
  const event = result.stdout
    .split("\n")
    .map(eventOf)
    .find((each) => each?.event === "failed");
  if (event?.event !== "failed") {
    const words = lastWords(result.stderr) || result.notStarted || `exit code ${result.exitCode ?? result.killedBy}`;
    return new SetupError(`${notebook} could not be run (${words}): run \`npx safelab setup\``);
  }
  const cell = `${notebook}, code cell ${event.cell ?? "?"}`;
  switch (event.kind) {
    case "cell":
      return new InputError(`${cell}: ${event.text.slice(0, 2000)}`);
    case "timeout":
      return new InputError(`${cell} did not end within ${timeoutMs / 1000} s: give it less to do, or more time`);
    case "dead":
      return new SetupError(
        `${cell}: the kernel died (${lastWords(result.stderr) || "it said nothing"}): ` +
          "look whether the machine ran out of memory, and try again",
      );
    case "write":
      return new InputError(
        `${notebook} was run, but cannot be written (${event.text}): give a folder that you may write to`,
      );
    default:
      return new SetupError(
        `${notebook}: the kernel did not start (${event.text} ${lastWords(result.stderr)}): run \`npm ci\` and \`npx safelab setup\``,
      );
  }
}

/**
 * Runs a notebook in its own folder, without a user interface, in the kernel that it names: safelab's, or plain tslab. Writes `NAME.ipynb` with its
 * outputs and `NAME.html`, one page that needs no network, to a folder. Progress counts code cells, the stage is the name.
 *
 * @throws InputError naming notebook, cell and the kernel's words when a cell fails or takes too long; SetupError when the
 * kernel does not start or dies; InterruptedError when stopped. Nothing is written then.
 */
export async function runNotebook(
  notebook: string,
  folder: string,
  options: NotebookOptions = {},
): Promise<NotebookResult> {
  const begun = performance.now();
  const { cwd = dirname(resolve(notebook)), env = {}, cellTimeoutMs = 600_000, onProgress, signal } = options;
  const { python } = await requireExtra("base");
  await installKernelSpecs();
  const name = basename(notebook, extname(notebook));
  const ipynb = resolve(folder, `${name}.ipynb`);
  const html = resolve(folder, `${name}.html`);
  const source = resolve(notebook);
  if (source === ipynb)
    throw new InputError(`${notebook} would be overwritten by its own outputs: give another folder`);
  const job = {
    notebook: source,
    cwd,
    ipynb,
    html,
    cellTimeoutSeconds: Math.ceil(cellTimeoutMs / 1000),
    style: notebookCss,
  };
  const script = join(projectRoot(), "src", "notebook", "execute_notebook.py");
  const result = await runProgram(python, [script, JSON.stringify(job)], {
    env: { ...hostEnvironment(), JUPYTER_PATH: venvJupyterFolder(), ...env },
    ...(signal === undefined ? {} : { signal }),
    onLine: (line) => {
      const event = eventOf(line);
      if (event?.event === "cell") onProgress?.({ stage: name, done: event.done, total: event.total, counts: {} });
    },
  });
  if (result.exitCode !== 0) throw failure(notebook, result, cellTimeoutMs);
  return { notebook, ipynb, html, seconds: (performance.now() - begun) / 1000 };
}
