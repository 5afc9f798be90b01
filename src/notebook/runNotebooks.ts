import pMap from "p-map";
import { type NotebookOptions, type NotebookResult, runNotebook } from "./runNotebook.js";

/** Notebooks that run at the same time: each has a kernel, a compiler and a browser of its own, about 700 MB. */
const parallel = 2;

/**
 * Runs notebooks as `runNotebook` does, two at a time, and returns their results in the order given.
 *
 * @throws as `runNotebook`; the notebooks still running are stopped first.
 */
export async function runNotebooks(
  notebooks: readonly string[],
  folder: string,
  options: NotebookOptions = {},
): Promise<NotebookResult[]> {
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const running: Promise<NotebookResult>[] = [];
  try {
    return await pMap(
      notebooks,
      (notebook) => {
        const one = runNotebook(notebook, folder, { ...options, signal });
        running.push(one);
        return one;
      },
      { concurrency: parallel },
    );
  } finally {
    stop.abort();
    await Promise.allSettled(running);
  }
}
