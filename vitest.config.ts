import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/temporaryFolder.ts"],
    testTimeout: 60_000,
    // A busy machine may take seconds for what takes milliseconds.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ["default", ["json", { outputFile: "out/tests.json" }]],
  },
});
