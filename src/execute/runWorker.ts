import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import type { z } from "zod";
import { SetupError } from "../error.js";
import { projectRoot } from "../process/projectRoot.js";
import { runSandboxed, type SandboxedResult } from "../process/runSandboxed.js";
import type { Limits } from "../record/schema/execution.js";
import type { Interpreter } from "./interpreter.js";
import { type Isolation, unprivilegedUid } from "./isolation.js";
import { bwrapArguments, sampleEnvironment } from "./sandbox.js";

/** What the worker is asked to run. */
export type WorkerRequest =
  | { style: "unittest"; code: string; test: string; entryPoint: string; names: readonly string[] }
  | { style: "cases"; setup: string; code: string; entryPoint: string; cases: readonly string[] };

/** Where and within which bounds samples are executed. */
export interface WorkerContext {
  readonly isolation: Isolation;
  readonly interpreter: Interpreter;
  readonly limits: Limits;
  readonly signal?: AbortSignal;
}

/** What the worker told, and how its process ended. */
export interface WorkerRun<Event> {
  readonly events: readonly Event[];
  /** Why the report as a whole cannot be trusted; empty otherwise. */
  readonly broken: string;
  readonly ended: SandboxedResult;
}

const folder = () => join(projectRoot(), "src", "execute");
/** Folder of the program that runs inside the sandbox. */
export const workerFolder = (): string => join(folder(), "worker");
const reportBytes = 64 * 2 ** 20;

/** The program and arguments that run `command` within the isolation. */
export function isolated(command: readonly string[], context: WorkerContext): { file: string; args: string[] } {
  const { isolation, interpreter, limits } = context;
  const [file = "", ...args] = command;
  if (isolation.kind === "none") return { file, args };
  // As root these two are called within the outer sandbox, which shows the system's folders.
  const called = isolation.setpriv === null ? [] : [isolation.bwrap, isolation.setpriv];
  const elsewhere = called.filter((path) => !/^\/(usr|bin|sbin)\//.test(path));
  const etc = ["hosts", "nsswitch.conf", "passwd", "group"];
  const options = {
    bwrap: isolation.bwrap,
    dropTo: isolation.setpriv === null ? null : { setpriv: isolation.setpriv, uid: unprivilegedUid() },
    canDisableUserns: isolation.canDisableUserns,
    rootLinks: isolation.rootLinks,
    folders: interpreter.folders,
    hidden: interpreter.hidden,
    files: {
      ...Object.fromEntries(etc.map((name) => [`/etc/${name}`, join(folder(), "etc", name)])),
      ...Object.fromEntries(elsewhere.map((path) => [path, path])),
      "/harness": workerFolder(),
    },
    programs: dirname(interpreter.executable),
    limits,
  };
  return { file: isolation.bwrap, args: [...bwrapArguments(options), ...command] };
}

/** How a sandbox ended whose worker never said that it was ready, in one sentence. */
function notReady(subject: string, { wallSeconds }: Limits, ended: SandboxedResult): string {
  const end = ended.killedBy ?? `exit code ${ended.exitCode ?? "unknown"}`;
  const how = ended.timedOut ? `not ready within ${wallSeconds} s` : `ended before it was ready, ${end}`;
  const words = (ended.notStarted || ended.output).trim().slice(-1000);
  return (
    `the sandbox for ${subject} did not work (${how})${words === "" ? "" : `: ${words}`}; ` +
    "nothing was recorded for this sample: see what `npx safelab doctor` says, and start again to go on"
  );
}

const ready = JSON.stringify({ event: "ready" });

/** The report behind its first line, `ready`; `undefined` where that one is not there. */
function afterReady(report: string, secret: string): string | undefined {
  const end = report.indexOf("\n");
  const line = end < 0 ? "" : report.slice(0, end);
  const isReady = line.startsWith(`${secret} `) && line.slice(secret.length + 1).replaceAll(" ", "") === ready;
  return isReady ? report.slice(end + 1) : undefined;
}

function parseReport<Event>(report: string, secret: string, schema: z.ZodType<Event>) {
  const events: Event[] = [];
  const lines = report.split("\n");
  const last = lines.pop();
  for (const line of lines) {
    if (!line.startsWith(`${secret} `)) return { events, broken: "a line of the report lacks the secret of this run" };
    events.push(schema.parse(JSON.parse(line.slice(secret.length + 1))));
  }
  return { events, broken: last === "" ? "" : "the report ends within a line" };
}

/**
 * Runs one request in a sandbox of its own; `schema` reads the events of the request's style. `subject` names the sample in errors.
 *
 * @throws SetupError when the sandbox ended before its worker was ready: that is no verdict on the sample.
 */
export async function runWorker<Event>(
  request: WorkerRequest,
  schema: z.ZodType<Event>,
  context: WorkerContext & { readonly subject: string },
): Promise<WorkerRun<Event>> {
  const { isolation, interpreter, limits, signal, subject } = context;
  const confined = isolation.kind === "bubblewrap";
  const secret = randomBytes(16).toString("hex");
  const text = JSON.stringify({ ...request, limits, isolated: confined });
  const worker = confined ? "/harness/main.py" : join(workerFolder(), "main.py");
  const { file, args } = isolated([interpreter.executable, "-u", "-s", worker], context);
  const ended = await runSandboxed(file, args, {
    env: confined ? { PATH: "/usr/local/bin:/usr/bin:/bin" } : sampleEnvironment(dirname(interpreter.executable)),
    input: `${Buffer.byteLength(text)}\n${text}${secret}\n`,
    wallMs: limits.wallSeconds * 1000,
    maxOutput: limits.outputKib * 1024,
    maxReport: reportBytes,
    ends: confined ? "namespace" : "group",
    ...(signal === undefined ? {} : { signal }),
  });
  const report = afterReady(ended.report, secret);
  if (report === undefined) throw new SetupError(notReady(subject, limits, ended));
  const { events, broken } = parseReport(report, secret, schema);
  // A report that is cut off by the kill at the end of the time is no sign of forgery.
  return { events, broken: ended.timedOut && broken.endsWith("within a line") ? "" : broken, ended };
}
