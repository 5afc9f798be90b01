import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { SetupError } from "../error.js";
import { defaultLimits } from "./defaultLimits.js";
import { findInterpreter, type Interpreter } from "./interpreter.js";
import { findBubblewrap, type FoundBubblewrap, type Isolation } from "./isolation.js";
import { openRunner } from "./openRunner.js";
import { CallResult } from "./pythonValue.js";
import { CasesEvent } from "./workerEvents.js";
import type { SampleRequest } from "./workerRequest.js";

/** What the probe found. `remedy` is empty where the reason says what to do. */
export type IsolationProbe = FoundBubblewrap;
type Confinement = Extract<FoundBubblewrap, { ok: true }>["isolation"];

/** What a sample could do from where it ran; `met`: it saw a file that another sample had left in `/tmp`. */
const Reach = z.object({
  connected: z.boolean(),
  wrote: z.boolean(),
  read: z.boolean(),
  met: z.boolean(),
  uid: z.number(),
});
type Reach = z.infer<typeof Reach>;

const code = `
import json, os, socket
def tried(act):
    try:
        act()
        return True
    except OSError:
        return False
def reach(port, folder, mark):
    met = os.path.exists(mark)
    open(mark, "w").close()
    return json.dumps({
        "connected": tried(lambda: socket.create_connection(("127.0.0.1", port), 2).close()),
        "wrote": tried(lambda: open(os.path.join(folder, "written"), "w").close()),
        "read": tried(lambda: open(os.path.join(folder, "marker")).read()),
        "met": met,
        "uid": os.getuid(),
    })
`;

const remedy =
  "allow user namespaces (`sudo sysctl -w kernel.unprivileged_userns_clone=1`; Ubuntu 24.04: " +
  "`sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`; Docker: run the container with " +
  "`--security-opt seccomp=unconfined --security-opt apparmor=unconfined --cap-add SYS_ADMIN`)";

interface Scene {
  readonly interpreter: Interpreter;
  readonly port: number;
  readonly folder: string;
  /** A file in `/tmp` that the sample leaves there. */
  readonly mark: string;
}

/** What the second of two samples could do, run as every sample is; a sentence where none could be run. */
async function reachOf(isolation: Isolation, { interpreter, port, folder, mark }: Scene): Promise<Reach | string> {
  const runner = openRunner({ isolation, interpreter, limits: defaultLimits }, 1);
  const cases = [JSON.stringify({ port, folder, mark })];
  const request: SampleRequest = { style: "cases", setup: "", code, entryPoint: "reach", cases };
  try {
    await runner.run({ ...request, limits: defaultLimits, keep: false });
    const result = await runner.run({ ...request, limits: defaultLimits, keep: false });
    if (result.kind === "fault") return result.reason;
    const end = CasesEvent.array()
      .parse(result.events)
      .find(({ event }) => event === "end");
    const value = end?.event === "end" ? CallResult.parse(JSON.parse(end.value)) : undefined;
    return value?.t === "str" ? Reach.parse(JSON.parse(value.v)) : `it ended with ${JSON.stringify(end)}`;
  } catch (thrown) {
    if (thrown instanceof SetupError) return thrown.message;
    throw thrown;
  } finally {
    await runner.close();
  }
}

async function withScene<T>(interpreter: Interpreter, use: (scene: Scene) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "safelab-probe-"));
  const mark = `/tmp/safelab-probe-${randomUUID()}`;
  const server = createServer((socket) => socket.destroy());
  try {
    await writeFile(join(folder, "marker"), "marker");
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return await use({ interpreter, folder, mark, port: typeof address === "object" ? (address?.port ?? 0) : 0 });
  } finally {
    server.close();
    await Promise.all([folder, mark].map((path) => rm(path, { recursive: true, force: true })));
  }
}

function verdict(isolation: Confinement, outside: Reach | string, inside: Reach | string): IsolationProbe {
  if (typeof outside === "string" || !outside.connected || !outside.wrote || !outside.read || !outside.met) {
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
    ...(inside.met ? ["meets files of another sample"] : []),
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
 * Tries the sandbox exactly as samples get it: a connection to a live server, a write and a read of a file outside, and the sight of
 * another sample's file must succeed outside the sandbox and fail inside. Where they fail outside too, the probe says nothing and is not `ok`.
 * Where the kernel refuses namespaces within the sandbox, one bubblewrap per sample is tried.
 */
export async function probeIsolation(interpreter?: Interpreter): Promise<IsolationProbe> {
  try {
    const found = await findBubblewrap();
    if (!found.ok) return found;
    const { isolation } = found;
    return await withScene(interpreter ?? (await findInterpreter()), async (scene) => {
      const outside = await reachOf({ kind: "none" }, scene);
      const nested = await reachOf(isolation, scene);
      if (typeof nested !== "string") return verdict(isolation, outside, nested);
      const single = { ...isolation, nested: false, refusal: nested };
      return verdict(single, outside, typeof outside === "string" ? "" : await reachOf(single, scene));
    });
  } catch (thrown) {
    if (!(thrown instanceof SetupError)) throw thrown;
    return { ok: false, reason: thrown.message, remedy: "" };
  }
}
