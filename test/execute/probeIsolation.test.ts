import { expect, test } from "vitest";
import { probeIsolation } from "../../src/execute/probeIsolation.js";

test("the probe holds the sandbox against a live server and live files, or says what is missing and what to do", async () => {
  const probe = await probeIsolation();
  if (probe.ok) expect(probe.isolation.kind).toBe("bubblewrap");
  else expect([probe.reason, probe.remedy].map((text) => text.length > 10)).toEqual([true, true]);
});

test("an interpreter that cannot run in the sandbox is a reason, not a pass", async () => {
  const probe = await probeIsolation({
    executable: "/nonexistent/python3",
    version: "",
    folders: [],
    packages: [],
    hidden: [],
  });
  expect(probe.ok).toBe(false);
  if (!probe.ok) expect(probe.reason).toContain("inconclusive");
});
