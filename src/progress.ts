/** A step of long work, told while it runs. `counts` says how the finished ones came out, e.g. `{ passed: 12, failed: 3 }`. */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly counts: Readonly<Record<string, number>>;
  /** What is begun now and may stay silent for long, and the seconds after which it is given up. */
  readonly waiting?: { readonly what: string; readonly limitSeconds?: number };
  /** What is under way where one of `total` takes long, e.g. `demo-c02 14s: search 1 of up to 2, step 37 of up to 64, 12 requests/s`. */
  readonly now?: string;
}

/** The counts of a step by name, e.g. `failed 3, passed 12`: in the same order however the work went. */
export function countsText(counts: Progress["counts"]): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}

/** What every long-running verb takes: where to tell its progress, and how to be stopped. */
export interface WorkOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}
