import { join } from "node:path";
import { z } from "zod";
import { InputError, SetupError } from "../error.js";
import { freeCores } from "../process/freeCores.js";
import { hostEnvironment } from "../process/hostEnvironment.js";
import { projectRoot } from "../process/projectRoot.js";
import { type RunningServer, startServer } from "../process/startServer.js";
import { requireExtra } from "../process/venv.js";

/** What is served: a prefix, and the model that it is put before. */
export interface PrefixServerOptions {
  /** Folder of the prefix, in SVEN's form or PEFT's. */
  readonly prefix: string;
  /** The base model, a folder or a name that transformers knows; else what the prefix names. */
  readonly base?: string;
  /** Which of SVEN's two prefixes, `sec` by default. */
  readonly control?: string;
  /** Name of the base model as served; else the last part of `base`. */
  readonly name?: string;
  /** A free one by default. */
  readonly port?: number;
  readonly signal?: AbortSignal;
}

/** A base model while it is served, without a prefix and with one. */
export interface PrefixServer {
  /** Address of its OpenAI-compatible routes, on loopback. */
  readonly address: string;
  /** Name of the model without the prefix, and of the one with it. */
  readonly base: string;
  readonly prefixed: string;
  readonly pid: number;
  /** Why it ended, in words, once it has; empty while it runs. */
  ended(): string;
  stop(): Promise<void>;
}

const Announcement = z.union([z.object({ address: z.url(), base: z.string() }), z.object({ error: z.string() })]);

/** Loading the weights of a large model from a slow disk takes minutes. */
const readyMs = 30 * 60_000;

/**
 * Serves a base model with a learned key-value prefix (SVEN), and without, on loopback. It ends with `stop`, and by itself when this
 * process ends in whatever way.
 *
 * @throws SetupError when its packages are missing or it does not start.
 * @throws InputError when model and prefix cannot be served, in the server's words.
 * @throws InterruptedError when `signal` was aborted.
 */
export async function startPrefixServer(options: PrefixServerOptions): Promise<PrefixServer> {
  const { python } = await requireExtra("decoder");
  const { prefix, signal } = options;
  const given = (["base", "control", "name", "port"] as const).flatMap((name) =>
    options[name] === undefined ? [] : [`--${name}`, String(options[name])],
  );
  const script = join(projectRoot(), "src", "generate", "prefix_server.py");
  const args = [script, "--prefix", prefix, "--threads", String(await freeCores()), "--until-stdin-closes", ...given];
  const server = await startServer(python, args, {
    env: { ...hostEnvironment(), PYTHONUNBUFFERED: "1" },
    readyMs,
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    return { ...announced(server), pid: server.pid, ended: () => server.ended(), stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function announced({ firstLine }: RunningServer): { address: string; base: string; prefixed: string } {
  let said: z.infer<typeof Announcement>;
  try {
    said = Announcement.parse(JSON.parse(firstLine));
  } catch (cause) {
    throw new SetupError(`the prefix server does not start: it said "${firstLine.slice(0, 200)}"`, { cause });
  }
  if ("error" in said) throw new InputError(`the prefix cannot be served: ${said.error}`);
  return { address: `${said.address}/v1`, base: said.base, prefixed: `${said.base}+prefix` };
}
