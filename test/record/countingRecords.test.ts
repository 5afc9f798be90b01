import { expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { countingEnvironment, countingScans } from "../../src/record/countingRecords.js";
import { Study } from "../../src/record/schema/study.js";
import { execution, scan, study } from "./fixtures.js";

const naming = (counts: unknown) => Study.parse({ ...study, counts });
const byEnvironment = (hash: string) => naming({ environment: { d: hash } });
const byRules = (rulesHash: string) => naming({ scanner: { bandit: { version: "1.9.4", rulesHash } } });
const executions = [execution("t1"), execution("t1", { environment: "e2" })];
const scans = [scan("t1", { rulesHash: "r1" }), scan("t1", { rulesHash: "r2" })];

test("the environment and the rules that run.json names are those that count", () => {
  expect(countingEnvironment(byEnvironment("e2"), "d", executions)).toBe("e2");
  expect([...countingScans(byRules("r2"), "bandit", scans).values()]).toEqual([scans[1]]);
});

test("a named environment without an execution is an error that lists those there are", () => {
  const count = () => countingEnvironment(byEnvironment("mistyped"), "d", executions);
  expect(count).toThrow(InputError);
  expect(count).toThrow(/in environment mistyped, but there are none; there are executions in e1, e2: name the one/);
});

test("named rules without a scan are an error that lists those there are", () => {
  const count = () => countingScans(byRules("mistyped"), "bandit", scans);
  expect(count).toThrow(InputError);
  expect(count).toThrow(/mistyped.*there are none; there are scans with .*"r1".*"r2"/);
});

test("a name is no error where there are no records at all, or others' alone", () => {
  expect(countingEnvironment(byEnvironment("e1"), "d", [execution("t1", { dataset: "another" })])).toBe("e1");
  expect(countingScans(byRules("r1"), "bandit", []).size).toBe(0);
});
