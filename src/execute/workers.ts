import type { SandboxedProcess } from "../process/startSandboxed.js";
import { exchange, type SampleState } from "./exchange.js";
import { importStages, stageOf } from "./importStages.js";
import type { Exchange } from "./readReport.js";
import { sandboxError, startWorker, type WorkerContext, type WorkerSizes } from "./startWorker.js";
import { roomsFor } from "./roomsFor.js";
import type { WorkerRequest } from "./workerRequest.js";

/** What runs requests, each in a slot of its own. */
export interface Workers {
  /** `onState` gets a function that ends the sample at once. @throws SetupError when no sandbox can be made. */
  run(slot: number, request: WorkerRequest, onState: (state: SampleState, kill: () => void) => void): Promise<Exchange>;
  /** Ends every process at once, and waits for that. */
  readonly end: () => Promise<void>;
}

/** Time for a worker to import its libraries, on a machine however busy. */
const upMs = 300_000;
const endMs = 500;

/** What a worker printed of itself, to be put behind how it ended. */
function wordsOf(worker: SandboxedProcess): string {
  const words = worker.printed().trim().slice(-1000);
  return words === "" ? "" : `: ${words}`;
}

/** Resolves when the worker says that it is up. @throws SetupError when it ends, or does not say so in time. */
function isUp(worker: SandboxedProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(worker.kill, upMs);
    worker.control.once("data", () => {
      clearTimeout(late);
      resolve();
    });
    void worker.ended.then((how) => {
      clearTimeout(late);
      reject(sandboxError("samples", `ended before it was ready, ${how}${wordsOf(worker)}`));
    });
  });
}

/** Starts workers and remembers those that live. */
function starter(context: WorkerContext, graceful: boolean) {
  const live = new Set<SandboxedProcess>();
  let isOver = false;
  return {
    start: async (sizes: WorkerSizes): Promise<SandboxedProcess> => {
      const worker = await startWorker(context, sizes);
      live.add(worker);
      void worker.ended.then(() => live.delete(worker));
      if (isOver) worker.kill();
      return worker;
    },
    end: async () => {
      isOver = true;
      // A parent ends itself, and with it every sample, when nobody is there to tell it more; so its processor time is accounted for.
      live.forEach((worker) => worker.control.end());
      const late = setTimeout(() => live.forEach((worker) => worker.kill()), graceful ? endMs : 0);
      await Promise.all([...live].map(({ ended }) => ended));
      clearTimeout(late);
    },
  };
}

/** One sandbox for all, started with the first request and again where it has died; every sample is forked from one of its parents. */
export function forkingWorkers(context: WorkerContext, sizes: WorkerSizes): Workers {
  const { start, end } = starter(context, true);
  const stages = importStages(context.imports ?? []);
  let parent: Promise<SandboxedProcess> | undefined;
  const startParent = async () => {
    const worker = await start(sizes);
    void worker.ended.then(() => (parent = undefined));
    await isUp(worker);
    return worker;
  };
  return {
    async run(slot, request, onState) {
      const worker = await (parent ??= startParent());
      const at = stageOf(request, stages) * sizes.slots + slot;
      const killSample = () => void worker.control.write(`kill ${at}\n`);
      const channel = worker.slots[at] as (typeof worker.slots)[number];
      const note = (state: SampleState) => onState(state, killSample);
      return exchange(request, { channel, kill: killSample, destroy: worker.kill, onState: note });
    },
    end,
  };
}

/** A worker of its own for every request. */
export function singleWorkers(context: WorkerContext, sizes: WorkerSizes): Workers {
  const { start, end } = starter(context, false);
  return {
    async run(_, request, onState) {
      const fixtures = "fixtures" in request ? request.fixtures : undefined;
      const worker = await start({ ...sizes, slots: 1, rooms: roomsFor(fixtures) });
      const channel = worker.slots[0] as (typeof worker.slots)[number];
      const note = (state: SampleState) => onState(state, worker.kill);
      const result = await exchange(request, { channel, kill: worker.kill, destroy: worker.kill, onState: note });
      const how = await worker.ended;
      if (result.kind === "report") return result;
      return { kind: "fault", reason: `${result.reason}, ${how}${wordsOf(worker)}` };
    },
    end,
  };
}
