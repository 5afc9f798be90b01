import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { reasonOf } from "../src/error.js";

test("of a failed call to the operating system only its words are said, not its code and the path again", async () => {
  const failed: unknown = await readFile("/nowhere/it's here").catch((thrown: unknown) => thrown);
  expect(reasonOf(failed)).toBe("no such file or directory");
  expect(reasonOf(await readFile("/").catch((thrown: unknown) => thrown))).toBe("illegal operation on a directory");
});

test("any other thrown value is said as it is", () => {
  expect(reasonOf(new Error("EXTRA: a: b, c 'd'"))).toBe("EXTRA: a: b, c 'd'");
  expect(reasonOf("words")).toBe("words");
});
