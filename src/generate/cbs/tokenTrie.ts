/** A tree of token sequences, for asking which tokens may go on in one of them. */
export interface TokenTrie {
  readonly children: ReadonlyMap<number, TokenTrie>;
  /** Whether a sequence ends here. */
  readonly ends: boolean;
  /** Tokens from here to the nearest end. */
  readonly toEnd: number;
}

/** The tree of some sequences; empty ones are left out. */
export function tokenTrie(sequences: readonly (readonly number[])[]): TokenTrie {
  return node(
    sequences.filter((sequence) => sequence.length > 0),
    0,
  );
}

function node(sequences: readonly (readonly number[])[], depth: number): TokenTrie {
  const groups = new Map<number, (readonly number[])[]>();
  for (const sequence of sequences) {
    const id = sequence[depth];
    if (id !== undefined) groups.set(id, [...(groups.get(id) ?? []), sequence]);
  }
  const children = new Map([...groups].map(([id, group]) => [id, node(group, depth + 1)]));
  const ends = depth > 0 && sequences.some(({ length }) => length === depth);
  const toEnd = ends ? 0 : 1 + Math.min(Infinity, ...[...children.values()].map((child) => child.toEnd));
  return { children, ends, toEnd };
}

/** Whether `id`, put after `before`, completes one of the tree's sequences. Sequences that share a beginning, and single tokens, all count. */
export function completesSequence(trie: TokenTrie, before: readonly number[], id: number): boolean {
  if (trie.children.size === 0) return false;
  const depth = depthOf(trie);
  for (let start = Math.max(0, before.length - depth + 1); start <= before.length; start += 1) {
    let at: TokenTrie | undefined = trie;
    for (let index = start; index < before.length && at !== undefined; index += 1)
      at = at.children.get(before[index] as number);
    if (at?.children.get(id)?.ends === true) return true;
  }
  return false;
}

const depths = new WeakMap<TokenTrie, number>();

function depthOf(trie: TokenTrie): number {
  const known = depths.get(trie);
  if (known !== undefined) return known;
  const depth = trie.children.size === 0 ? 0 : 1 + Math.max(...[...trie.children.values()].map(depthOf));
  depths.set(trie, depth);
  return depth;
}
