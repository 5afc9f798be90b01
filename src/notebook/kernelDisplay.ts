import { createRequire } from "node:module";

/** One output in several forms; the front end shows the richest that it knows. Keys are MIME types. */
export type Bundle = Readonly<Record<string, unknown>>;

/** Writes outputs into the cell that runs now, also after it has ended. `update` replaces the output of that id. */
export type DisplayBundle = (bundle: Bundle, display?: { readonly id: string; readonly update: boolean }) => void;

type WriteDisplayData = (content: object, update: boolean) => void;
type RawDisplay = { raw(mime: string, content: unknown): void };
type TslabGlobal = { __tslab__?: { require(name: string): { newDisplay(): RawDisplay } } };

/** tslab keeps the writer of the running cell in a module of its own, which only the module cache leads to. */
function bundleWriter(): WriteDisplayData | undefined {
  const { cache } = createRequire(import.meta.url);
  for (const [file, module] of Object.entries(cache)) {
    if (!file.replaceAll("\\", "/").endsWith("/tslab/dist/jupyter.js")) continue;
    const { lastWriteDisplayData } = (module?.exports ?? {}) as { lastWriteDisplayData?: WriteDisplayData | null };
    if (typeof lastWriteDisplayData === "function") return lastWriteDisplayData;
  }
  return undefined;
}

/** MIME types that tslab's public `display` is given, best first, where bundles cannot be written. */
const single = ["image/svg+xml", "image/png", "text/html", "text/markdown", "text/plain"];

function publicDisplay(newDisplay: () => RawDisplay): DisplayBundle {
  const displays = new Map<string, RawDisplay>();
  return (bundle, display) => {
    const mime = single.find((each) => bundle[each] !== undefined);
    if (mime === undefined) return;
    const target = displays.get(display?.id ?? "") ?? newDisplay();
    if (display !== undefined) displays.set(display.id, target);
    const content = bundle[mime];
    target.raw(mime, mime === "image/png" ? Buffer.from(String(content), "base64") : content);
  };
}

/** Words for those who cannot see a picture, where pages made from the notebook look for them. */
function pictureWords(bundle: Bundle): object {
  const picture = ["image/svg+xml", "image/png"].find((mime) => bundle[mime] !== undefined);
  return picture === undefined ? {} : { [picture]: { alt: bundle["text/plain"] } };
}

/** The way to write outputs of the cell that runs now; `undefined` outside a tslab kernel. */
export function kernelDisplay(): DisplayBundle | undefined {
  const write = bundleWriter();
  if (write !== undefined) {
    return (bundle, display) =>
      write(
        {
          data: bundle,
          metadata: pictureWords(bundle),
          transient: display === undefined ? {} : { display_id: display.id },
        },
        display?.update ?? false,
      );
  }
  const kernel = (globalThis as TslabGlobal).__tslab__;
  return kernel === undefined ? undefined : publicDisplay(() => kernel.require("tslab").newDisplay());
}
