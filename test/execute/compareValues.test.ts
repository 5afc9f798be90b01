import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareValues } from "../../src/execute/compareValues.js";
import { CallResult, type PythonValue } from "../../src/execute/pythonValue.js";

const int = (v: number): PythonValue => ({ t: "int", v: `0x${v.toString(16)}` });
const float = (v: string): PythonValue => ({ t: "float", v });
const str = (v: string): PythonValue => ({ t: "str", v });
const equal = (a: CallResult, b: CallResult) => compareValues(a, b, "typeAndMessage");

const { value } = fc.letrec<{ value: PythonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant<PythonValue>({ t: "none" }),
    fc.boolean().map((v): PythonValue => ({ t: "bool", v })),
    fc.nat().map(int),
    fc.constantFrom("nan", "inf", "-inf", "0x1.8p+1").map(float),
    fc.string().map(str),
    fc
      .tuple(fc.constantFrom("list", "tuple", "set", "frozenset"), fc.array(tie("value"), { maxLength: 4 }))
      .map(([t, v]): PythonValue => ({ t, v })),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map((v): PythonValue => ({ t: "dict", v })),
  ),
}));

/** The same value with the order of every set and dictionary turned round. */
function turned(of: PythonValue): PythonValue {
  if (of.t === "list" || of.t === "tuple") return { t: of.t, v: of.v.map(turned) };
  if (of.t === "set" || of.t === "frozenset") return { t: of.t, v: of.v.map(turned).reverse() };
  if (of.t !== "dict") return of;
  return { t: "dict", v: of.v.map(([k, v]): [PythonValue, PythonValue] => [turned(k), turned(v)]).reverse() };
}

test("every plain value equals itself, whatever the order of its sets and dictionaries", () => {
  fc.assert(fc.property(value, (of) => equal(of, turned(of))));
});

test("comparison is symmetric", () => {
  fc.assert(fc.property(value, value, (a, b) => equal(a, b) === equal(b, a)));
});

test("a value inside a list, a tuple and a dictionary is compared too", () => {
  fc.assert(fc.property(value, value, (a, b) => equal({ t: "list", v: [a] }, { t: "list", v: [b] }) === equal(a, b)));
});

describe("types are exact", () => {
  const ones: PythonValue[] = [
    int(1),
    { t: "bool", v: true },
    float("0x1.0000000000000p+0"),
    str("1"),
    str("0x1"),
    { t: "bytes", v: "31" },
  ];
  test.each(ones.flatMap((a, i) => ones.slice(i + 1).map((b) => [a, b] as const)))("%j is not %j", (a, b) => {
    expect(equal(a, b)).toBe(false);
  });
  test("a list is no tuple, a set no frozenset", () => {
    expect(equal({ t: "list", v: [] }, { t: "tuple", v: [] })).toBe(false);
    expect(equal({ t: "set", v: [] }, { t: "frozenset", v: [] })).toBe(false);
  });
});

test("the order of lists and tuples counts", () => {
  expect(equal({ t: "list", v: [int(1), int(2)] }, { t: "list", v: [int(2), int(1)] })).toBe(false);
});

test("NaN equals NaN, and negative zero equals zero", () => {
  expect(equal(float("nan"), float("nan"))).toBe(true);
  expect(equal(float("-0x0.0p+0"), float("0x0.0p+0"))).toBe(true);
});

test("text that looks like structure does not run into its neighbours", () => {
  expect(equal({ t: "list", v: [str('a",str "b')] }, { t: "list", v: [str("a"), str("b")] })).toBe(false);
});

test("integers above 2^53 are told apart", () => {
  expect(equal({ t: "int", v: "0x20000000000001" }, { t: "int", v: "0x20000000000000" })).toBe(false);
});

test("what cannot be compared equals nothing, not even itself, at any depth", () => {
  const opaque: PythonValue = { t: "opaque", type: "Response" };
  for (const of of [
    opaque,
    { t: "list", v: [opaque] },
    { t: "dict", v: [[int(1), opaque]] },
    { t: "tooBig" },
  ] as CallResult[]) {
    expect(equal(of, of)).toBe(false);
  }
  const notLoaded: CallResult = { t: "notLoaded", type: "SyntaxError", message: "" };
  expect(equal(notLoaded, notLoaded)).toBe(false);
});

describe("exceptions are compared by the study's policy", () => {
  const raised = (type: string, message: string): CallResult => ({ t: "raised", type, message });
  const base = raised("ValueError", "too long");
  test.each([
    ["the same", raised("ValueError", "too long"), [true, true, true]],
    ["another message", raised("ValueError", "too short"), [false, true, true]],
    ["another type", raised("TypeError", "too long"), [false, false, true]],
    ["another of both", raised("TypeError", "too short"), [false, false, false]],
    ["a value", str("too long"), [false, false, false]],
  ] as const)("%s", (_, actual, expected) => {
    const policies = ["typeAndMessage", "type", "typeOrMessage"] as const;
    expect(policies.map((policy) => compareValues(base, actual, policy))).toEqual(expected);
  });
});

test("keys like __proto__ are data", () => {
  const text = '{"t":"dict","v":[[{"t":"str","v":"__proto__"},{"t":"int","v":"0x1"}]]}';
  const parsed = CallResult.parse(JSON.parse(text));
  expect(equal(parsed, { t: "dict", v: [] })).toBe(false);
  expect(equal(parsed, parsed)).toBe(true);
});
