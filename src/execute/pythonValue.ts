import { z } from "zod";

/**
 * A value that left the sandbox: plain data that says which exact built-in type it was. Whatever else a sample returns is `opaque`:
 * its methods are never called outside, and inside only by the sample itself. Integers are hexadecimal (`-0x1f`), floats are
 * as `float.hex` writes them, bytes hexadecimal.
 */
export type PythonValue =
  | { t: "none" }
  | { t: "bool"; v: boolean }
  | { t: "int" | "float" | "str" | "bytes"; v: string }
  | { t: "list" | "tuple" | "set" | "frozenset"; v: PythonValue[] }
  | { t: "dict"; v: [PythonValue, PythonValue][] }
  | { t: "opaque"; type: string };

const PythonValue: z.ZodType<PythonValue> = z.lazy(() =>
  z.discriminatedUnion("t", [
    z.strictObject({ t: z.literal("none") }),
    z.strictObject({ t: z.literal("bool"), v: z.boolean() }),
    z.strictObject({ t: z.enum(["int", "float", "str", "bytes"]), v: z.string() }),
    z.strictObject({ t: z.enum(["list", "tuple", "set", "frozenset"]), v: z.array(PythonValue) }),
    z.strictObject({ t: z.literal("dict"), v: z.array(z.tuple([PythonValue, PythonValue])) }),
    z.strictObject({ t: z.literal("opaque"), type: z.string() }),
  ]),
);

/** How a call ended: a value, an exception, a value beyond the bound, or code that could not be loaded. */
export const CallResult = z.union([
  PythonValue,
  z.strictObject({ t: z.enum(["raised", "notLoaded"]), type: z.string(), message: z.string() }),
  z.strictObject({ t: z.literal("tooBig") }),
]);
export type CallResult = z.infer<typeof CallResult>;

/** Whether a result is a value of built-in types throughout, so that it can be compared. */
export function isPlain(result: CallResult): result is PythonValue {
  switch (result.t) {
    case "opaque":
    case "tooBig":
    case "notLoaded":
    case "raised":
      return false;
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return result.v.every(isPlain);
    case "dict":
      return result.v.every(([key, value]) => isPlain(key) && isPlain(value));
    case "none":
    case "bool":
    case "int":
    case "float":
    case "str":
    case "bytes":
      return true;
  }
}
