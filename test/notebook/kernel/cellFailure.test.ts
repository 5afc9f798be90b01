import { stripVTControlCharacters } from "node:util";
import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";
import { InputError, InterruptedError } from "../../../src/error.js";
import { interruptedFailure, thrownFailure } from "../../../src/notebook/kernel/cellFailure.js";

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

test("a mistake that the user can mend is said in its sentence, without a stack", () => {
  const { ename, evalue, traceback } = thrownFailure(new InputError("no run folder at /x: make one"));
  expect([ename, evalue]).toEqual(["InputError", "no run folder at /x: make one"]);
  expect(traceback.map(stripVTControlCharacters)).toEqual(["InputError: no run folder at /x: make one"]);
});

test("any other error shows the functions on the way to it, and nothing of the kernel", () => {
  const { traceback } = thrownFailure(thrownBy(() => runInThisContext("function deep() { null.x; }\ndeep();")));
  expect(traceback.map(stripVTControlCharacters)).toEqual([
    "TypeError: Cannot read properties of null (reading 'x')",
    "    at deep (this cell)",
  ]);
});

test("a thrown value that is no error is shown as it is", () => {
  expect(thrownFailure({ code: 3 })).toMatchObject({ ename: "Thrown", evalue: "{ code: 3 }" });
});

test("an interrupt says what stopped, and that the state is kept", () => {
  expect(interruptedFailure(undefined).evalue).toMatch(/^the cell was stopped\. .*still there$/);
  expect(interruptedFailure(new InterruptedError("scanning was stopped")).evalue).toMatch(/^scanning was stopped\. /);
});
