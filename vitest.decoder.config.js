import { defineConfig } from "vitest/config";

// Tests of SVEN's server want an environment of 5.6 GB: `npm run test:decoder`.
export default defineConfig({
  test: {
    include: ["test/**/*.decoder.ts"],
    globalSetup: ["test/temporaryFolder.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
  },
});
