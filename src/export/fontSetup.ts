import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unpackBrowser } from "./unpackBrowser.js";

const configuration = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/cache</cachedir>
</fontconfig>
`;

/**
 * Environment that gives a browser on Linux the font Open Sans beside the machine's own fonts,
 * so that figures look the same on a desktop, a server and a container without any font.
 * Elsewhere the machine's fonts alone are used.
 */
export async function fontSetup(): Promise<Record<string, string>> {
  if (process.platform !== "linux") return {};
  const folder = await unpackBrowser("fonts");
  const file = join(folder, "safelab-fonts.conf");
  if (!existsSync(file)) {
    const aside = await mkdtemp(join(folder, "conf-"));
    await writeFile(join(aside, "fonts.conf"), configuration(folder));
    await rename(join(aside, "fonts.conf"), file);
    await rm(aside, { recursive: true });
  }
  return { FONTCONFIG_FILE: file };
}
