import { type RecordKind, recordKinds } from "./recordKinds.js";

/** Values by the key of a record. */
export interface KeyIndex<V> {
  readonly get: (key: readonly unknown[]) => V | undefined;
  readonly set: (key: readonly unknown[], value: V) => void;
}

type Branch = Map<unknown, unknown>;

/**
 * An empty index over the keys of one kind of record. Nested maps, one for each part of the key, take a fraction of the time and
 * memory of one map over keys written as text; the part with the most values comes last, so that the maps are few and large.
 */
export function keyIndex<V>(kind: RecordKind): KeyIndex<V> {
  const { varied } = recordKinds[kind];
  const root: Branch = new Map();
  const branchOf = (key: readonly unknown[]): Branch => {
    let branch = root;
    for (let i = 0; i < key.length; i++) {
      if (i === varied) continue;
      let next = branch.get(key[i]) as Branch | undefined;
      if (next === undefined) branch.set(key[i], (next = new Map()));
      branch = next;
    }
    return branch;
  };
  return {
    get: (key) => branchOf(key).get(key[varied]) as V | undefined,
    set: (key, value) => void branchOf(key).set(key[varied], value),
  };
}
