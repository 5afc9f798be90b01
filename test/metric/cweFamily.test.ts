import { describe, expect, test } from "vitest";
import { InputError } from "../../src/error.js";
import { cweFamilies } from "../../src/metric/cweFamilies.js";
import { cweFamily, cweFamilyName, cweNumber } from "../../src/metric/cweFamily.js";
import { hitsLabel, labelOf } from "../../src/metric/labelledCwe.js";

describe("cweFamily", () => {
  test("joins what tools name differently", () => {
    // A predictable random number: SecCodePLT, Bandit, Bearer. A weak hash: Bandit, Bearer.
    expect([338, 330, 327].map(cweFamily)).toEqual([327, 327, 327]);
    expect([327, 328, 326].map(cweFamily)).toEqual([327, 327, 327]);
    // eval; a shell command; a path; a password; an error message; cleartext; a certificate's host.
    expect([95, 94].map(cweFamily)).toEqual([94, 94]);
    expect([78, 88, 77].map(cweFamily)).toEqual([77, 77, 77]);
    expect([23, 36, 22].map(cweFamily)).toEqual([22, 22, 22]);
    expect([259, 321, 798].map(cweFamily)).toEqual([798, 798, 798]);
    expect([210, 319, 297].map(cweFamily)).toEqual([200, 311, 295]);
  });

  test("keeps apart what is not the same weakness", () => {
    const apart = [78, 79, 89, 94, 22, 502, 601, 611, 918, 327, 798, 377].map(cweFamily);
    expect(new Set(apart).size).toBe(apart.length);
  });

  test("a CWE without a family, and a number that is none, stand for themselves", () => {
    expect([611, 74, 9999].map(cweFamily)).toEqual([611, 74, 9999]);
    expect(cweFamilyName(611)).toBe("CWE-611");
    expect(cweFamilyName(22)).toBe("CWE-22 path traversal");
  });

  test("every CWE is in one family, and a family's head is in its own", () => {
    const members = cweFamilies.flatMap(([, , each]) => each);
    expect(new Set(members).size).toBe(members.length);
    for (const [head] of cweFamilies) expect(cweFamily(head)).toBe(head);
    // As data/cwe/families.py counts them in the list 4.14.
    expect([cweFamilies.length, members.length]).toEqual([26, 350]);
  });
});

describe("cweNumber", () => {
  test("reads a CWE however it is written", () => {
    const written = [78, "78", "CWE-78", "cwe-078", " CWE_78 ", "CWE-78: OS Command Injection"];
    expect(written.map(cweNumber)).toEqual(written.map(() => 78));
  });

  test("refuses text that names none", () => {
    for (const text of ["", "CWE-", "0", "CWE-7x", "7.5", "noinfo", "CVE-2024-1"]) {
      expect(() => cweNumber(text), text).toThrow(InputError);
    }
    expect(() => cweNumber("CWE-x")).toThrow('"CWE-x" names no CWE: write it as CWE-78 or 78');
  });
});

test("a finding hits a label by number or by family", () => {
  const label = labelOf({ cwe: "CWE-338 CWE-22" });
  expect([...label.cwes]).toEqual([338, 22]);
  expect(hitsLabel({ cwe: [330] }, label, false)).toBe(false);
  expect(hitsLabel({ cwe: [330] }, label, true)).toBe(true);
  expect(hitsLabel({ cwe: [78, 22] }, label, false)).toBe(true);
  expect(hitsLabel({ cwe: [] }, label, true)).toBe(false);
  expect(labelOf({ cwe: "" }).cwes.size).toBe(0);
});
