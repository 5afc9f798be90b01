const typeOf = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
};

/**
 * The JSON schema of a list of inputs that look like those that are there: the same arguments, each of the types that it has in them. Servers that can be
 * held to a schema then give no other arguments.
 *
 * @param cases keyword arguments of the cases that are there; values that are no objects are passed over
 * @param count most inputs of the list
 */
export function casesSchema(cases: readonly unknown[], count: number): Readonly<Record<string, unknown>> {
  const known = cases.filter((each): each is object => typeOf(each) === "object");
  const names = [...new Set(known.flatMap((each) => Object.keys(each)))];
  const typesOf = (name: string) => {
    const values = known.filter((each) => name in each).map((each) => typeOf((each as Record<string, unknown>)[name]));
    return [...new Set(values)].sort();
  };
  const items =
    names.length === 0
      ? { type: "object" }
      : {
          type: "object",
          properties: Object.fromEntries(names.map((name) => [name, { type: typesOf(name) }])),
          required: names.filter((name) => known.every((each) => name in each)),
          additionalProperties: false,
        };
  return { type: "array", minItems: 1, maxItems: count, items };
}
