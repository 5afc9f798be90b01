import type { ExceptionPolicy } from "../record/schema/execution.js";
import { type CallResult, isPlain, type PythonValue } from "./pythonValue.js";

/** Negative zero equals zero, as in Python; every NaN is written the same. */
function floatText(hex: string): string {
  return hex === "-0x0.0p+0" ? "0x0.0p+0" : hex;
}

/** Equal values give equal texts: the order of sets and dictionaries is taken out. */
function canonicalText(value: PythonValue): string {
  switch (value.t) {
    case "none":
      return "none";
    case "bool":
      return `bool ${value.v}`;
    case "float":
      return `float ${floatText(value.v)}`;
    case "int":
    case "str":
    case "bytes":
      return `${value.t} ${JSON.stringify(value.v)}`;
    case "list":
    case "tuple":
      return `${value.t} [${value.v.map(canonicalText).join(",")}]`;
    case "set":
    case "frozenset":
      return `${value.t} [${value.v.map(canonicalText).sort().join(",")}]`;
    case "dict":
      return `dict {${value.v
        .map(([key, inner]) => `${canonicalText(key)}:${canonicalText(inner)}`)
        .sort()
        .join(",")}}`;
    case "opaque":
      return `opaque ${JSON.stringify(value.type)}`;
  }
}

interface Thrown {
  readonly type: string;
  readonly message: string;
}

function sameException(expected: Thrown, actual: Thrown, policy: ExceptionPolicy): boolean {
  const type = expected.type === actual.type;
  const message = expected.message === actual.message;
  switch (policy) {
    case "typeAndMessage":
      return type && message;
    case "type":
      return type;
    case "typeOrMessage":
      return type || message;
  }
}

/**
 * Whether a sample's result is the reference's. Types are exact (`1`, `True` and `1.0` are three values), floats are compared bit for bit
 * except that NaN equals NaN and −0.0 equals 0.0; the order of sets and dictionaries does not matter.
 * What left the sandbox as `opaque`, too big or not loaded equals nothing.
 *
 * @param policy what two exceptions must agree in: class name and message, class name, or either.
 */
export function compareValues(expected: CallResult, actual: CallResult, policy: ExceptionPolicy): boolean {
  if (expected.t === "raised" && actual.t === "raised") return sameException(expected, actual, policy);
  if (!isPlain(expected) || !isPlain(actual)) return false;
  return canonicalText(expected) === canonicalText(actual);
}
