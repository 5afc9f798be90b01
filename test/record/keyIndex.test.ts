import { expect, test } from "vitest";
import { keyIndex } from "../../src/record/keyIndex.js";
import { keyOf, recordKinds } from "../../src/record/recordKinds.js";
import { execution, sample } from "./fixtures.js";

test("a value is found again under its own key alone, however alike the parts of keys look when put together", () => {
  const index = keyIndex<number>("executions");
  const keys = [
    ["a-b", "c", "hash", "env"],
    ["a", "b-c", "hash", "env"],
    ["a", "b", "c-hash", "env"],
    ["a", "b", "c", "hash-env"],
  ];
  for (const [i, key] of keys.entries()) index.set(key, i);
  expect(keys.map((key) => index.get([...key]))).toEqual([0, 1, 2, 3]);
  expect(index.get(["a", "b", "hash", "env"])).toBeUndefined();
});

test("every part of a key counts, also the one that is looked up last", () => {
  for (const [kind, record] of [["samples", sample("t1")] as const, ["executions", execution("t1")] as const]) {
    const index = keyIndex<string>(kind);
    const key = keyOf(kind, record);
    index.set(key, "here");
    for (const at of key.keys()) {
      expect(index.get(key.map((part, i) => (i === at ? `${String(part)}!` : part)))).toBeUndefined();
    }
    expect(index.get(key)).toBe("here");
    expect(recordKinds[kind].varied).toBeLessThan(key.length);
  }
});
