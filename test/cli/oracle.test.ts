import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newFolder, safelab } from "./safelab.js";

const task = {
  ...{ id: "t1", CWE_ID: "78", unittest: { setup: "import os" } },
  ground_truth: {
    ...{ code_before: "\ndef run(x):", vulnerable_code: "\n    os.system(x)", patched_code: "\n    print(x)" },
    code_after: "\n    return x",
  },
};

test(
  "an oracle whose scanner is missing leaves no folder; an existing one says what it keeps, and is shown in full",
  { timeout: 120_000 },
  async () => {
    const folder = await newFolder();
    const [file, run] = [join(folder, "tasks.jsonl"), join(folder, "run")];
    await writeFile(file, JSON.stringify(task));
    const without = await safelab(["oracle", run, "--tasks", file, "--scanner", "bandit", "--scanner", "codeql"], {
      PATH: "/nonexistent",
    });
    expect(without.exitCode).toBe(3);
    expect(without.stderr).toMatch(/CodeQL is not installed/);
    expect(existsSync(run)).toBe(false);
    const made = await safelab(["oracle", run, "--tasks", file]);
    expect(made).toMatchObject({ exitCode: 0 });
    const [, byCwe = ""] = made.stdout.split("by labelled CWE");
    for (const label of [
      "TP",
      "FN",
      "FP",
      "TN",
      "Precision",
      "Recall",
      "FP rate",
      "F1",
      "MCC",
      "Told apart",
      "Left out",
    ])
      expect(byCwe).toContain(label);
    expect(byCwe).toMatch(/CWE-78 +Bandit +any finding +1 +1 +0 +0 +1 +100\.00 \[20\.65, 100\.00\]/);
    const again = await safelab(["oracle", run, "--tasks", file, "--scanner", "codeql"], { PATH: "/nonexistent" });
    expect(again.stdout).toMatch(
      /exists and keeps its tasks[\s\S]*keeps its union \(bandit\): codeql gets lines of its own/,
    );
    expect(again.exitCode).toBe(3);
  },
);
