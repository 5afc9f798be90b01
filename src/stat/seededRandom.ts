import { InputError } from "../error.js";

/** A stream of random numbers that a seed decides. */
export interface SeededRandom {
  /** The next whole number, 0 … 2³² − 1. */
  readonly uint32: () => number;
  /** The next number in [0, 1), with 32 random bits. */
  readonly uniform: () => number;
  /** The next whole number in 0 … n − 1, n ≤ 2³²; the bias is below n/2³². */
  readonly below: (n: number) => number;
}

/**
 * xoshiro128** 1.1 (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators", ACM TOMS 47:36), its state
 * filled from the seed through MurmurHash3's finaliser. The same seed gives the same numbers on every machine. Not for secrets.
 *
 * @param seed a whole number; its lower 32 bits and the next 21 count
 * @throws InputError where the seed is no safe integer.
 */
export function seededRandom(seed: number): SeededRandom {
  if (!Number.isSafeInteger(seed)) throw new InputError(`seededRandom requires a whole number as seed, not ${seed}`);
  return xoshiro(stateOf(seed));
}

/** xoshiro128** from a given state of four words, not all 0. */
export function xoshiro(state: readonly [number, number, number, number]): SeededRandom {
  // A typed array holds 32-bit words as they are; captured variables would be boxed, and slower.
  const s = Int32Array.from(state);
  const uint32 = () => {
    const a = s[0] as number;
    const b = s[1] as number;
    const third = a ^ (s[2] as number);
    const fourth = b ^ (s[3] as number);
    const scaled = Math.imul(b, 5);
    s[0] = a ^ fourth;
    s[1] = b ^ third;
    s[2] = third ^ (b << 9);
    s[3] = (fourth << 11) | (fourth >>> 21);
    return Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
  };
  const uniform = () => uint32() / 2 ** 32;
  return { uint32, uniform, below: (n) => Math.floor(uniform() * n) };
}

/** Four words from a seed: a Weyl sequence through the finaliser of MurmurHash3, high and low half of the seed mixed in turn. */
function stateOf(seed: number): [number, number, number, number] {
  const high = Math.floor(seed / 2 ** 32) | 0;
  let weyl = mix((seed | 0) ^ mix(high));
  const next = () => {
    weyl = (weyl + 0x9e3779b9) | 0;
    return mix(weyl);
  };
  return [next(), next(), next(), next()];
}

function mix(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
