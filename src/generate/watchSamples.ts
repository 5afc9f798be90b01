import { durationText, rateText } from "../pace.js";
import type { SampleKey } from "../record/schema/sample.js";

/** Watches one sample while it is made. */
export interface SampleWatch {
  /** A request is being made: which, in words. */
  request(what: string): void;
  end(): void;
}

/** Watches the samples of a configuration while they are made: one of hundreds of requests would else be minutes of silence. */
export interface SamplesWatch {
  begin(key: SampleKey, now: number): SampleWatch;
  /** What is under way, e.g. `demo-c02 14s: search 1 of up to 2, step 37 of up to 64, 12 requests/s`; `undefined` where nothing is. */
  text(now: number): string | undefined;
}

/** The rate is that of the last half minute: of so many looks, which are at least so far apart. */
const looks = 30;
const lookMs = 900;

const nameOf = ({ task, repeat, index }: SampleKey) => (repeat + index === 0 ? task : `${task} #${repeat}.${index}`);

/** @param now arguments of what is returned are milliseconds of a clock that only goes forward */
export function watchSamples(): SamplesWatch {
  const live = new Map<object, { readonly name: string; readonly begun: number; what: string }>();
  const seen: { readonly at: number; readonly requests: number }[] = [];
  let requests = 0;
  return {
    begin(key, now) {
      const self = { name: nameOf(key), begun: now, what: "" };
      if (seen.length === 0) seen.push({ at: now, requests });
      live.set(self, self);
      return {
        request(what) {
          requests += 1;
          self.what = what;
        },
        end: () => live.delete(self),
      };
    },
    text(now) {
      const [oldest] = live.values();
      if (oldest === undefined) return undefined;
      const since = seen[0];
      if (now - (seen.at(-1)?.at ?? 0) >= lookMs) seen.push({ at: now, requests });
      if (seen.length > looks) seen.shift();
      const made = since === undefined || now <= since.at ? 0 : (1000 * (requests - since.requests)) / (now - since.at);
      const others = live.size === 1 ? "" : ` and ${live.size - 1} more`;
      const what = oldest.what === "" ? [] : [oldest.what];
      const rate = requests < 2 || made === 0 ? [] : [rateText(made, " requests")];
      const words = [...what, ...rate].join(", ");
      return `${oldest.name} ${durationText((now - oldest.begun) / 1000)}${others}${words === "" ? "" : `: ${words}`}`;
    },
  };
}
