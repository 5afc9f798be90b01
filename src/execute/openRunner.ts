import { availableParallelism, freemem } from "node:os";
import { InterruptedError } from "../error.js";
import { admission } from "./admission.js";
import type { Exchange } from "./readReport.js";
import type { WorkerContext } from "./startWorker.js";
import type { WorkerRequest } from "./workerRequest.js";
import { forkingWorkers, singleWorkers } from "./workers.js";

/** Runs requests, several at a time. */
export interface Runner {
  /** How many requests can be under way at a time. */
  readonly slots: number;
  /** @throws SetupError when no sandbox can be made, InterruptedError when the runner was closed. */
  run(request: WorkerRequest): Promise<Exchange>;
  /** Ends every process at once, also of what is under way. */
  close(): Promise<void>;
}

const slotsPerProcessor = 4;
const mostSlots = 32;

/** MiB that one of so many samples may use before it counts as heavy; with one heavy sample they all fit into the machine's free memory. */
function lightMib(slots: number, memoryMib: number): number {
  return Math.max(256, Math.floor(((0.75 * freemem()) / 2 ** 20 - memoryMib) / slots));
}

/**
 * Opens what runs samples: one forking parent where namespaces can be nested, else a sandbox for each request. Nothing is started
 * before the first request.
 *
 * @param processors samples that compute at a time; those that sleep leave their processor to others. Default: the number of cores, at least 2.
 */
export function openRunner(context: WorkerContext, processors = Math.max(2, availableParallelism())): Runner {
  const { isolation, limits } = context;
  const slots = Math.max(processors, Math.min(mostSlots, slotsPerProcessor * processors));
  const sizes = { slots, heavyMib: lightMib(slots, limits.memoryMib) };
  const isNested = isolation.kind === "bubblewrap" && isolation.nested;
  const workers = (isNested ? forkingWorkers : singleWorkers)(context, sizes);
  const { enter } = admission(processors, slots);
  let isClosed = false;
  const stopIfClosed = () => {
    if (isClosed) throw new InterruptedError("the execution of a sample was stopped");
  };
  return {
    slots,
    close() {
      isClosed = true;
      return workers.end();
    },
    async run(request) {
      // Of two samples that use much memory one is stopped, and comes again when it is the only one.
      for (let alone = false; ; alone = true) {
        const ticket = await enter(alone);
        let putBack = false;
        try {
          stopIfClosed();
          const result = await workers.run(ticket.slot, request, (state, kill) => {
            putBack ||= !ticket.note(state);
            if (putBack) kill();
          });
          stopIfClosed();
          if (!putBack) return result;
        } catch (thrown) {
          stopIfClosed();
          throw thrown;
        } finally {
          ticket.leave();
        }
      }
    },
  };
}
