/**
 * Maps items with at most `workers` at a time and yields results in the order of completion. At the first failure, or when the
 * consumer leaves, `stop` is aborted and all that is under way is awaited before this ends.
 */
export async function* completed<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  { workers, stop }: { workers: number; stop: AbortController },
): AsyncGenerator<Result, void, undefined> {
  const waiting = [...items].reverse();
  const running = new Map<number, Promise<{ slot: number; result: Result }>>();
  const start = (slot: number) => {
    const item = waiting.pop();
    if (item !== undefined)
      running.set(
        slot,
        work(item).then((result) => ({ slot, result })),
      );
  };
  for (let slot = 0; slot < workers; slot++) start(slot);
  try {
    while (running.size > 0) {
      const { slot, result } = await Promise.race(running.values());
      running.delete(slot);
      if (!stop.signal.aborted) start(slot);
      yield result;
    }
  } finally {
    if (running.size > 0) stop.abort();
    await Promise.allSettled(running.values());
  }
}
