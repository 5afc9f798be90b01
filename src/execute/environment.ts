import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson, sha256 } from "../record/canonical.js";
import type { Environment, ExceptionPolicy } from "../record/schema/execution.js";
import { type WorkerContext, workerFolder } from "./startWorker.js";

async function workerHash(): Promise<string> {
  const names = (await readdir(workerFolder())).filter((name) => name.endsWith(".py")).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(workerFolder(), name), "utf8")));
  return sha256(canonicalJson(names.map((name, index) => [name, texts[index]])));
}

/** The record of what executes a data set's samples; its hash covers every other field and nothing of the host. */
export async function describeEnvironment(
  dataset: { readonly name: string; readonly testsHash: string },
  context: WorkerContext,
  exceptions: ExceptionPolicy,
): Promise<Environment> {
  const { interpreter, limits, isolation } = context;
  const emptied = isolation.kind === "bubblewrap" && interpreter.hidden.length > 0;
  const rest: Omit<Environment, "hash"> = {
    schemaVersion: 1,
    dataset: dataset.name,
    python: interpreter.version,
    packages: emptied ? [] : interpreter.packages,
    tests: dataset.testsHash,
    worker: await workerHash(),
    exceptions,
    limits,
    isolation: isolation.kind,
  };
  return { ...rest, hash: sha256(canonicalJson(rest)) };
}
