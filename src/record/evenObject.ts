/**
 * An object with these keys in this order, each `null`. Copies of it that are filled in are all laid out alike by the engine, and as
 * records: reading one column of thousands of them takes a fraction of the time that objects put together key by key take.
 *
 * @example Object.assign({ ...blank }, { dataset: "d", task: "t" }) // with blank = evenObject(["dataset", "task"])
 */
export function evenObject(keys: readonly string[]): Record<string, unknown> {
  // Parsed JSON starts out as a record whatever the number of keys; an object that grew key by key may be a hash table.
  return JSON.parse(JSON.stringify(Object.fromEntries(keys.map((key) => [key, null])))) as Record<string, unknown>;
}
