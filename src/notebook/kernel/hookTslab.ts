import executors from "tslab/dist/executor.js";
import jupyter from "tslab/dist/jupyter.js";
import type { CellFailure } from "./cellFailure.js";
import { type KernelExecutor, kernelExecutor } from "./kernelExecutor.js";

/** The parts of tslab's message handling that are wrapped. */
interface Handler {
  handleExecute: (this: Handler, request: object, ...writers: unknown[]) => Promise<{ readonly status: string }>;
}

interface Message {
  readonly content: object;
  createReply(): { header: { msg_type: string }; content: object; signAndSend(key: string, socket: unknown): void };
}

interface Server {
  readonly connInfo: { readonly key: string };
  readonly iopub: unknown;
  handleExecute: (this: Server, socket: unknown, message: Message) => Promise<void>;
}

/** Hands tslab an executor with safelab's manners wherever it makes one; returns why its last cell failed. */
function hookExecutor(): () => CellFailure | undefined {
  const make = executors.createExecutor;
  const made: { executor?: KernelExecutor } = {};
  executors.createExecutor = (rootDir, converters, console) => {
    made.executor = kernelExecutor(
      (own) => make(rootDir, converters, own),
      (value) => console.log(value),
    );
    return made.executor;
  };
  return () => made.executor?.failure();
}

/** Lets replies and the front end know why a cell failed: tslab says only that it did. */
function hookMessages(failureNow: () => CellFailure | undefined): void {
  const failures = new WeakMap<object, CellFailure>();
  const handler = jupyter.JupyterHandlerImpl.prototype as unknown as Handler;
  const answer = handler.handleExecute;
  handler.handleExecute = async function (request, ...writers) {
    const reply = await answer.call(this, request, ...writers);
    const failure = reply.status === "error" ? failureNow() : undefined;
    if (failure === undefined) return reply;
    failures.set(request, failure);
    return { ...reply, ...failure };
  };
  const server = jupyter.ZmqServer.prototype as unknown as Server;
  const serve = server.handleExecute;
  server.handleExecute = async function (socket, message) {
    await serve.call(this, socket, message);
    const failure = failures.get(message.content);
    if (failure === undefined) return;
    const error = message.createReply();
    error.header.msg_type = "error";
    error.content = failure;
    error.signAndSend(this.connInfo.key, this.iopub);
  };
}

/**
 * Gives tslab, before its kernel starts, what a notebook of safelab needs: see `kernelExecutor`. It reaches into tslab
 * 1.0.22, which `package.json` pins; the tests of the kernel fail where another version is made differently.
 */
export function hookTslab(): void {
  hookMessages(hookExecutor());
}
