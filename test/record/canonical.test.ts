import { expect, test } from "vitest";
import { canonicalJson, sha256 } from "../../src/record/canonical.js";

test("equal objects give equal text whatever the order of their keys", () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: "x" })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
});

// printf 'abc' | sha256sum
test("sha256 agrees with sha256sum", () => {
  expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
