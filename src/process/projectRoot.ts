import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SetupError } from "../error.js";

/**
 * The folder that holds safelab's `package.json`, whether the code runs from `src` or from `dist`.
 *
 * @throws SetupError where the code was copied to a place that has none.
 */
export function projectRoot(start = dirname(fileURLToPath(import.meta.url))): string {
  let folder = start;
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder) {
      throw new SetupError(
        `no package.json above ${start}: keep safelab's code in its own folder, or install it again with \`npm ci\``,
      );
    }
    folder = above;
  }
  return folder;
}
