import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { InterruptedError, reasonOf, SetupError } from "../error.js";
import { freeCores } from "../process/freeCores.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { projectRoot } from "../process/projectRoot.js";
import { type RunningServer, startServer } from "../process/startServer.js";
import { requireExtra } from "../process/venv.js";

/** The model behind the endpoint `embedded`, as its server names it. */
export const embeddedModel = "SmolLM2-135M-Instruct";

/**
 * What the embedded model computes in a second of one idle core (AMD EPYC, one thread): tokens of a text, or, for a method that steers decoding, sequences that it
 * continues by one token each, whose last tokens it computes again every time (78 steps of 25 beams took 185 s of processor time). `safelab plan` reckons with it before there are samples.
 */
export const embeddedPace = { tokens: 40, sequences: 10 };

/** The embedded model while it is served. */
export interface EmbeddedServer {
  /** Address of its OpenAI-compatible routes, on loopback. */
  readonly address: string;
  /** Key that its clients must send; made anew at each start. */
  readonly token: string;
  readonly pid: number;
  /** Why it ended, in words, once it has; empty while it runs. */
  ended(): string;
  stop(): Promise<void>;
}

const Announcement = z.union([z.object({ address: z.url() }), z.object({ error: z.string() })]);
const repair = "run `npx safelab setup --embedded` again";

/**
 * Starts the embedded model on a free port of the loopback interface. It answers one request at a time, without a prompt cache: equal
 * seeds give equal samples. It ends with `stop`, and by itself when this process ends in whatever way.
 *
 * @throws SetupError when its packages are missing or it does not start.
 * @throws InterruptedError when `signal` was aborted.
 */
export async function startEmbedded(options: { signal?: AbortSignal } = {}): Promise<EmbeddedServer> {
  const { python } = await requireExtra("embedded");
  return serveEmbedded(python, options);
}

/** As `startEmbedded`, with the interpreter to use. */
export async function serveEmbedded(
  python: string,
  { signal, contextTokens = 4096 }: { signal?: AbortSignal; contextTokens?: number } = {},
): Promise<EmbeddedServer> {
  const token = randomBytes(16).toString("hex");
  const script = join(projectRoot(), "src", "generate", "embedded_server.py");
  // With more threads than free cores llama.cpp stalls for minutes.
  const threads = await freeCores();
  let server: RunningServer;
  try {
    server = await startServer(python, [script, String(threads), String(contextTokens)], {
      env: { ...hostEnvironment(), SAFELAB_TOKEN: token, PYTHONUNBUFFERED: "1" },
      readyMs: 60_000,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (cause instanceof InterruptedError) throw cause;
    throw new SetupError(`the embedded model does not start: ${reasonOf(cause)}; ${repair}`, { cause });
  }
  try {
    const address = addressIn(server.firstLine);
    await waitForHealth(address, server, signal);
    return { address: `${address}/v1`, token, pid: server.pid, ended: () => server.ended(), stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function addressIn(line: string): string {
  let said: z.infer<typeof Announcement>;
  try {
    said = Announcement.parse(JSON.parse(line));
  } catch (cause) {
    throw new SetupError(`the embedded model does not start: it said "${line.slice(0, 200)}"; ${repair}`, { cause });
  }
  if ("error" in said) throw new SetupError(`the embedded model does not start (${said.error}); ${repair}`);
  return said.address;
}

async function waitForHealth(address: string, server: RunningServer, signal: AbortSignal | undefined): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (signal?.aborted === true) throw new InterruptedError("the embedded model was stopped");
    if (server.ended() !== "") throw new SetupError(`the embedded model stopped at once: ${server.ended()}; ${repair}`);
    const answer = await fetch(`${address}/health`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new SetupError(
    `the embedded model at ${address} was not ready after 60 s: the machine may be too busy; try again`,
  );
}
