/** A step of long work, told while it runs. `counts` says how the finished ones came out, e.g. `{ passed: 12, failed: 3 }`. */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly counts: Readonly<Record<string, number>>;
  /** What is begun now and may stay silent for long, and the seconds after which it is given up. */
  readonly waiting?: { readonly what: string; readonly limitSeconds?: number };
}

/** What every long-running verb takes: where to tell its progress, and how to be stopped. */
export interface WorkOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}
