import fc from "fast-check";
import { expect, test } from "vitest";
import { resolveLabels } from "../../src/metric/resolveLabels.js";

type Role = "annotator" | "adjudicator";
const vote = (value: string, role: Role = "annotator", question = "q") => ({ value, role, question });

test("an adjudicator decides, else what more than half say, else it is unresolved", () => {
  expect(resolveLabels([vote("a"), vote("b"), vote("b", "adjudicator")], "q")).toEqual({
    status: "resolved",
    value: "b",
    by: "adjudicator",
  });
  expect(resolveLabels([vote("a"), vote("b"), vote("c", "adjudicator")], "q")).toMatchObject({ value: "c" });
  expect(resolveLabels([vote("a"), vote("b"), vote("a")], "q")).toMatchObject({ value: "a", by: "majority" });
  expect(resolveLabels([vote("a"), vote("a")], "q")).toMatchObject({ value: "a", by: "agreement" });
  expect(resolveLabels([vote("a")], "q")).toMatchObject({ value: "a", by: "oneAnnotator" });
  expect(resolveLabels([vote("a"), vote("b")], "q")).toEqual({ status: "unresolved" });
  expect(resolveLabels([vote("a"), vote("a"), vote("b"), vote("c")], "q")).toEqual({ status: "unresolved" });
  expect(resolveLabels([vote("a"), vote("b", "adjudicator"), vote("c", "adjudicator")], "q")).toEqual({
    status: "unresolved",
  });
});

test("answers to other questions do not count", () => {
  expect(resolveLabels([vote("a", "annotator", "other")], "q")).toEqual({ status: "unlabelled" });
  expect(resolveLabels([vote("a"), vote("b", "adjudicator", "other")], "q")).toMatchObject({ value: "a" });
});

test("the order of the answers does not matter", () => {
  const role = fc.constantFrom<Role>("annotator", "annotator", "adjudicator");
  const votes = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), role), { maxLength: 6 });
  fc.assert(
    fc.property(votes, (drawn) => {
      const labels = drawn.map(([value, by]) => vote(value, by));
      expect(resolveLabels([...labels].reverse(), "q")).toEqual(resolveLabels(labels, "q"));
    }),
  );
});
