import fc from "fast-check";
import { expect, test } from "vitest";
import { stepsIn } from "../../../src/generate/tokens/stepsIn.js";
import { writtenSteps } from "../../../src/generate/tokens/writtenSteps.js";

const token = fc.record(
  {
    id: fc.nat(200_000),
    token: fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom('"', '\\"', '","bytes":[', '"top_logprobs":[', "\\"),
    ),
    bytes: fc.array(fc.nat(255), { maxLength: 6 }),
    logprob: fc.option(fc.double({ max: 0, noNaN: true, noDefaultInfinity: true })),
  },
  { noNullPrototype: true },
);
const answer = fc
  .array(fc.tuple(token, fc.array(token, { minLength: 1, maxLength: 4 })), { minLength: 1, maxLength: 3 })
  .map((steps) =>
    steps.map(([drawn, likely], index) => ({ index, completion_probabilities: [{ ...drawn, top_logprobs: likely }] })),
  );

/** Both ways of reading, with what each learns. */
function bothWays(text: string) {
  const [written, parsed] = [new Map<number, string>(), new Map<number, string>()];
  return {
    written: { steps: writtenSteps(text, written), pieces: written },
    parsed: { steps: stepsIn(JSON.parse(text), parsed), pieces: parsed },
  };
}

test("an answer as llama.cpp writes it is read as a JSON parser reads it, whatever the tokens", () => {
  fc.assert(
    fc.property(answer, (steps) => {
      const { written, parsed } = bothWays(JSON.stringify(steps));
      expect(written).toEqual(parsed);
    }),
  );
});

test("what a token is made of is learned once", () => {
  const pieces = new Map([[1, "known"]]);
  const likely = [
    { id: 1, token: "x", bytes: [120], logprob: -1 },
    { id: 2, token: "é", bytes: [195, 169], logprob: -2 },
  ];
  const text = JSON.stringify([{ index: 0, completion_probabilities: [{ ...likely[0], top_logprobs: likely }] }]);
  const steps = writtenSteps(text, pieces);
  expect(steps?.[0]?.likely).toEqual([
    { id: 1, logprob: -1 },
    { id: 2, logprob: -2 },
  ]);
  expect([...pieces.values()]).toEqual(["known", "Ã©"]);
});

test("a text that is cut off, laid out in another way, or has other fields is left to the parser", () => {
  fc.assert(
    fc.property(answer, fc.nat(), (steps, place) => {
      const text = JSON.stringify(steps);
      expect(writtenSteps(text.slice(0, place % text.length), new Map())).toBeUndefined();
      expect(writtenSteps(`${text} `, new Map())).toBeUndefined();
      expect(writtenSteps(JSON.stringify(steps, null, 1), new Map())).toBeUndefined();
      const { index, ...rest } = steps[0]!;
      expect(writtenSteps(JSON.stringify([{ ...rest, index }]), new Map())).toBeUndefined();
    }),
  );
  for (const wrong of ['"1"', "", "{}", "-", "1e", "true"]) {
    const text = `[{"index":0,"completion_probabilities":[{"id":1,"token":"","bytes":[],"logprob":0,"top_logprobs":[{"id":1,"token":"","bytes":[],"logprob":${wrong}}]}]}]`;
    expect(writtenSteps(text, new Map())).toBeUndefined();
  }
});
