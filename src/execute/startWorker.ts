import { dirname, join } from "node:path";
import { SetupError } from "../error.js";
import { projectRoot } from "../process/projectRoot.js";
import { type SandboxedProcess, startSandboxed } from "../process/startSandboxed.js";
import type { Limits } from "../record/schema/execution.js";
import type { Interpreter } from "./interpreter.js";
import { type Isolation, unprivilegedUid } from "./isolation.js";
import { bwrapArguments, sampleEnvironment, writableFolders } from "./sandbox.js";
import { importStages } from "./importStages.js";
import type { WorkerSettings } from "./workerRequest.js";

/** Where and within which bounds samples are executed. */
export interface WorkerContext {
  readonly isolation: Isolation;
  readonly interpreter: Interpreter;
  readonly limits: Limits;
  /** Libraries that the pool's parents import before they fork samples, by the name that `import` takes; default none. */
  readonly imports?: readonly string[];
  readonly signal?: AbortSignal;
}

const folder = () => join(projectRoot(), "src", "execute");
/** Folder of the program that runs inside the sandbox. */
export const workerFolder = (): string => join(folder(), "worker");

/** The program and arguments that run `command` within the isolation, with writable `rooms` in the root folder. */
export function isolated(
  command: readonly string[],
  { isolation, interpreter, limits }: WorkerContext,
  rooms: readonly string[] = [],
) {
  const [file = "", ...args] = command;
  if (isolation.kind === "none") return { file, args };
  // As root these two are called within the outer sandbox, which shows the system's folders.
  const called = isolation.setpriv === null ? [] : [isolation.bwrap, isolation.setpriv];
  const elsewhere = called.filter((path) => !/^\/(usr|bin|sbin)\//.test(path));
  const etc = ["hosts", "nsswitch.conf", "passwd", "group"];
  const options = {
    bwrap: isolation.bwrap,
    dropTo: isolation.setpriv === null ? null : { setpriv: isolation.setpriv, uid: unprivilegedUid() },
    isNested: isolation.nested,
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
    ...{ rooms, limits },
  };
  return { file: isolation.bwrap, args: [...bwrapArguments(options), ...command] };
}

/** The error of a sandbox that does not work: for whom, and how it ended. */
export function sandboxError(subject: string, how: string): SetupError {
  return new SetupError(
    `the sandbox for ${subject} did not work (${how}); nothing was recorded for it: see what \`npx safelab doctor\` says, ` +
      "and start again to go on",
  );
}

/** How much a worker does at a time. */
export interface WorkerSizes {
  readonly slots: number;
  /** MiB above which a sample says that it is heavy. */
  readonly heavyMib: number;
  /** Folders in the root, beside those of the system, that it can write to. Default none. */
  readonly rooms?: readonly string[];
}

/** Starts a worker; it has been told its settings, and is not yet up. */
export async function startWorker(
  context: WorkerContext,
  { slots, heavyMib, rooms }: WorkerSizes,
): Promise<SandboxedProcess> {
  const { isolation, interpreter, limits, imports = [] } = context;
  const stages = importStages(imports);
  const confined = isolation.kind === "bubblewrap";
  const main = confined ? "/harness/main.py" : join(workerFolder(), "main.py");
  const { file, args } = isolated([interpreter.executable, "-u", "-s", main], context, rooms);
  const worker = await startSandboxed(file, args, {
    env: confined ? { PATH: "/usr/local/bin:/usr/bin:/bin" } : sampleEnvironment(dirname(interpreter.executable)),
    slots: slots * stages.length,
    ends: confined ? "namespace" : "process",
  });
  const settings: WorkerSettings = {
    isolated: confined,
    nested: confined && isolation.nested,
    ...{ slots, imports: stages, heavyMib, folders: Object.entries(writableFolders(limits)) },
  };
  worker.control.write(`${JSON.stringify(settings)}\n`);
  return worker;
}
