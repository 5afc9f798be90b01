import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Import direction: a pure folder never reaches for files, processes, clocks or the network. */
const pure = ["metric", "stat", "analysis", "table", "figure", "paper"];
const effectful = ["process", "generate", "execute", "scan", "label", "export", "report", "notebook", "cli"];

/** Libraries that are imported in one place only. */
const homes = {
  execa: ["process"],
  "plotly.js-dist-min": ["export"],
  "playwright-core": ["export"],
  "danfojs-node": ["record"],
  tslab: ["notebook"],
  "highlight.js/lib/core": ["label"],
};

const restricted = (folder) => ({
  paths: Object.entries(homes)
    .filter(([, folders]) => !folders.includes(folder))
    .map(([name, folders]) => ({ name, message: `import ${name} in src/${folders.join(", src/")} only` })),
  patterns: pure.includes(folder)
    ? [
        { group: ["node:*"], message: "a pure folder imports nothing that touches the machine" },
        ...effectful.map((other) => ({ group: [`**/${other}/*`], message: `a pure folder does not import ${other}` })),
      ]
    : [],
});

const folders = ["record", "task", ...pure, ...effectful];

/** Where the environment may be read: settings and tools' needs in process, keys in cli, the kernel's paths in notebook. */
const readsEnvironment = ["process", "cli", "notebook"];
const noEnvironment = { object: "process", property: "env", message: "take the value from src/process/setting.ts" };

export default defineConfig(
  globalIgnores(["*.config.js", "vitest.config.ts", "dist/", "out/", ".venv*/", "notebooks/", "data/", "bin/"]),
  tseslint.configs.recommendedTypeChecked,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-syntax": ["error", { selector: "ExportDefaultDeclaration", message: "named exports only" }],
    },
  },
  ...folders.map((folder) => ({
    files: [`src/${folder}/**/*.ts`],
    rules: {
      "no-restricted-imports": ["error", restricted(folder)],
      "no-restricted-properties": readsEnvironment.includes(folder) ? "off" : ["error", noEnvironment],
    },
  })),
  { files: ["**/*.js", "**/*.mjs"], extends: [tseslint.configs.disableTypeChecked] },
);
