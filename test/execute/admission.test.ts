import { expect, test } from "vitest";
import { admission, type Ticket } from "../../src/execute/admission.js";

/** Asks for so many tickets and collects those that are given. */
function entering(processors: number, slots: number) {
  const { enter } = admission(processors, slots);
  const given: Ticket[] = [];
  const ask = async (alone = false) => {
    void enter(alone).then((ticket) => given.push(ticket));
    await Promise.resolve();
  };
  return { given, ask, settled: () => new Promise((resolve) => setTimeout(resolve)) };
}

test("as many run as there are processors, and the next comes when one leaves", async () => {
  const { given, ask, settled } = entering(2, 8);
  for (let i = 0; i < 4; i++) await ask();
  await settled();
  expect(given).toHaveLength(2);
  given[0]?.leave();
  await settled();
  expect(given).toHaveLength(3);
});

test("one that sleeps leaves its processor to another, as long as there are slots", async () => {
  const { given, ask, settled } = entering(1, 3);
  for (let i = 0; i < 5; i++) await ask();
  for (let i = 0; i < 4; i++) {
    await settled();
    given[i]?.note("asleep");
  }
  await settled();
  expect(given).toHaveLength(3);
  expect(new Set(given.map(({ slot }) => slot)).size).toBe(3);
});

test("one that left asleep gives no processor back twice", async () => {
  const { given, ask, settled } = entering(1, 3);
  for (let i = 0; i < 3; i++) await ask();
  await settled();
  given[0]?.note("asleep");
  given[0]?.leave();
  await settled();
  expect(given).toHaveLength(2);
});

test("of two that use much memory the later one is put back, and comes again when no other is heavy", async () => {
  const { given, ask, settled } = entering(3, 3);
  await ask();
  await ask();
  await settled();
  expect(given[0]?.note("heavy")).toBe(true);
  expect(given[1]?.note("heavy")).toBe(false);
  given[1]?.leave();
  await ask(true);
  await settled();
  expect(given).toHaveLength(2);
  given[0]?.leave();
  await settled();
  expect(given).toHaveLength(3);
  expect(given[2]?.note("heavy")).toBe(true);
});
