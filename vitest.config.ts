import { configDefaults, defineConfig } from "vitest/config";

/** Tests that compute with a real language model: beside other work its threads wait for one another, and take ten times as long. */
const withModel = ["test/generate/embedded*.test.ts"];

/** Tests of code without effects: their files share what they load. */
const pure = ["metric", "stat", "analysis", "table", "figure", "paper"].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    globalSetup: ["test/temporaryFolder.ts"],
    testTimeout: 60_000,
    // A busy machine may take seconds for what takes milliseconds.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ["default", ["json", { outputFile: "out/tests.json" }]],
    projects: [
      {
        extends: true,
        test: { name: "model", include: withModel, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: "all else",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...withModel, ...pure],
          sequence: { groupOrder: 2 },
        },
      },
      { extends: true, test: { name: "pure", include: pure, isolate: false, sequence: { groupOrder: 2 } } },
    ],
  },
});
