import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newFolder, safelab } from "./safelab.js";

test("the doctor says how many of Bearer's rules are where, and the command that gets them where there are none", async () => {
  const folder = await newFolder();
  const rules = join(folder, "rules", "python", "lang");
  const doctor = async () => (await safelab(["doctor", "--bearer-rules", folder], { PATH: "/nonexistent" })).stdout;
  expect(await doctor()).toMatch(
    /optional +Bearer rules +\S+ holds no rule of Bearer.*\n +`git clone https:\S+bearer-rules /,
  );
  await mkdir(rules, { recursive: true });
  for (const name of ["eval.yml", "exec.yml"]) await writeFile(join(rules, name), "patterns: []\n");
  const said = await doctor();
  expect(said).toContain(`2 rules for Python in ${join(folder, "rules", "python")}`);
  expect(said).toMatch(/optional +Bearer {2,}Bearer is not installed .*\n +take the binary/);
});
