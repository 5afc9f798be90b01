import type { Duplex } from "node:stream";
import { type Exchange, readReport } from "./readReport.js";
import type { WorkerRequest } from "./workerRequest.js";

/** What a keeper says of its sample while it runs. */
export type SampleState = "asleep" | "awake" | "heavy";

/** The driver's end of a request's socket. */
export interface ExchangeOptions {
  readonly channel: Duplex;
  /** Ends the sample with its keeper from outside; the channel then says `gone`, or closes. */
  readonly kill: () => void;
  /** Ends the worker as a whole, where that did not help. */
  readonly destroy: () => void;
  readonly onState: (state: SampleState) => void;
}

const reportBytes = 64 * 2 ** 20;
/** Time for the keeper to set up the sample's sandbox, on a machine however busy. */
const setUpMs = 60_000;
/** How late a keeper may be in ending its sample before both are ended from here. */
const graceMs = 400;
const goneMs = 5000;

/** Calls `take` for every line of a channel; a chunk without its end waits. */
function lines(take: (line: Uint8Array) => void): (chunk: Buffer) => void {
  let rest: Buffer[] = [];
  return (chunk) => {
    rest.push(chunk);
    if (!chunk.includes(10)) return;
    const all = Buffer.concat(rest);
    let from = 0;
    for (let to = all.indexOf(10); to >= 0; to = all.indexOf(10, from)) {
      take(all.subarray(from, to));
      from = to + 1;
    }
    rest = [all.subarray(from)];
  };
}

/**
 * Sends one request and reads its report to the end: until `gone` is told, or the channel closes. The second watch on the
 * sample's time is here, where no sample can slow it down. Never rejects.
 */
export function exchange(request: WorkerRequest, options: ExchangeOptions): Promise<Exchange> {
  const { channel, kill, destroy, onState } = options;
  const report = readReport();
  let [started, length] = [0, 0];
  let killed: number | undefined;
  let isOver = false;
  if (channel.destroyed) return Promise.resolve(report.exchange(undefined));
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const after = (ms: number, act: () => void) => {
      clearTimeout(timer);
      timer = setTimeout(act, ms);
    };
    const stop = () => {
      kill();
      after(goneMs, destroy);
    };
    const finish = () => {
      isOver = true;
      clearTimeout(timer);
      channel.off("data", read).off("close", finish);
      resolve(report.exchange(killed));
    };
    const outOfTime = () => {
      killed = performance.now() - started;
      stop();
    };
    const split = lines((line) => {
      const event = report.take(line);
      if (event === "started") {
        started = performance.now();
        after(request.limits.wallSeconds * 1000 + graceMs, outOfTime);
      }
      if (event === "ended") channel.write(report.secret);
      if (event === "asleep" || event === "awake" || event === "heavy") onState(event);
      if (event === "gone") finish();
    });
    const read = (chunk: Buffer) => {
      length += chunk.length;
      split(chunk);
      if (!isOver && (length > reportBytes || report.broken() !== "")) stop();
    };
    after(setUpMs, stop);
    channel.on("data", read).once("close", finish);
    const text = JSON.stringify(request);
    channel.write(`${Buffer.byteLength(text)}\n${text}`);
  });
}
