import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { SetupError } from "../error.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { runSandboxed } from "../process/runSandboxed.js";
import { defaultLimits } from "./defaultLimits.js";
import { findInterpreter, type Interpreter } from "./interpreter.js";
import { findBubblewrap, type FoundBubblewrap, type Isolation } from "./isolation.js";
import { isolated } from "./runWorker.js";

/** What the probe found. `remedy` is empty where the reason says what to do. */
export type IsolationProbe = FoundBubblewrap;
type Confinement = Extract<FoundBubblewrap, { ok: true }>["isolation"];

/** What a program could do from where it ran. */
const Reach = z.object({ connected: z.boolean(), wrote: z.boolean(), read: z.boolean(), uid: z.number() });
type Reach = z.infer<typeof Reach>;

const attempt = `
import json, os, socket, sys
port, folder = int(sys.argv[1]), sys.argv[2]
reach = {"uid": os.getuid()}
def tried(name, act):
    try:
        act()
        reach[name] = True
    except OSError:
        reach[name] = False
tried("connected", lambda: socket.create_connection(("127.0.0.1", port), 2).close())
tried("read", lambda: open(os.path.join(folder, "marker")).read())
tried("wrote", lambda: open(os.path.join(folder, "written"), "w").close())
os.write(3, json.dumps(reach).encode())`;

const remedy =
  "allow user namespaces (`sudo sysctl -w kernel.unprivileged_userns_clone=1`; Ubuntu 24.04: " +
  "`sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`; Docker: run the container with " +
  "`--security-opt seccomp=unconfined --security-opt apparmor=unconfined --cap-add SYS_ADMIN`)";

interface Scene {
  readonly interpreter: Interpreter;
  readonly port: number;
  readonly folder: string;
}

async function reachOf(isolation: Isolation, { interpreter, port, folder }: Scene): Promise<Reach | string> {
  const command = [interpreter.executable, "-I", "-c", attempt, String(port), folder];
  const { file, args } = isolated(command, { isolation, interpreter, limits: defaultLimits });
  const result = await runSandboxed(file, args, {
    env: hostEnvironment(),
    input: "",
    wallMs: 15_000,
    maxOutput: 4096,
    maxReport: 4096,
    ends: isolation.kind === "none" ? "group" : "namespace",
  });
  if (result.report === "") return result.notStarted || result.output.trim() || `exit code ${result.exitCode}`;
  return Reach.parse(JSON.parse(result.report));
}

async function withScene<T>(interpreter: Interpreter, use: (scene: Scene) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "safelab-probe-"));
  const server = createServer((socket) => socket.destroy());
  try {
    await writeFile(join(folder, "marker"), "marker");
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return await use({ interpreter, folder, port: typeof address === "object" ? (address?.port ?? 0) : 0 });
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function verdict(isolation: Confinement, outside: Reach | string, inside: Reach | string): IsolationProbe {
  if (typeof outside === "string" || !outside.connected || !outside.wrote || !outside.read) {
    const words = typeof outside === "string" ? outside : JSON.stringify(outside);
    const reason = `the probe is inconclusive: what the sandbox must prevent does not work without it either (${words})`;
    return {
      ok: false,
      reason,
      remedy: "check that Python runs and that loopback connections and the temporary folder work",
    };
  }
  if (typeof inside === "string")
    return { ok: false, reason: `bubblewrap cannot make a sandbox here: ${inside}`, remedy };
  const leaks = [
    ...(inside.connected ? ["reaches a server on this machine"] : []),
    ...(inside.wrote ? ["writes outside"] : []),
    ...(inside.read ? ["reads outside"] : []),
    ...(inside.uid === 0 ? ["runs as root"] : []),
  ];
  if (leaks.length === 0) return { ok: true, isolation };
  return {
    ok: false,
    reason: `the bubblewrap sandbox does not hold: a program in it ${leaks.join(", ")}`,
    remedy: `put the distribution's own bubblewrap first on PATH (tried: ${isolation.bwrap})`,
  };
}

/**
 * Tries the sandbox with the very flags that samples get: a connection to a live server, a write and a read of a file must succeed
 * outside it and fail inside. Where they fail outside too, the probe says nothing and is not `ok`.
 */
export async function probeIsolation(interpreter?: Interpreter): Promise<IsolationProbe> {
  try {
    const found = await findBubblewrap();
    if (!found.ok) return found;
    const { isolation } = found;
    return await withScene(interpreter ?? (await findInterpreter()), async (scene) =>
      verdict(isolation, await reachOf({ kind: "none" }, scene), await reachOf(isolation, scene)),
    );
  } catch (thrown) {
    if (!(thrown instanceof SetupError)) throw thrown;
    return { ok: false, reason: thrown.message, remedy: "" };
  }
}
