const firstTwoLines = /^[^\r\n]*(?:(?:\r\n|\r|\n)[^\r\n]*)?/;
/** PEP 263; a byte order mark may come first. */
const declaration = /((?:^|[\r\n])\ufeff?[ \t\f]*#[^\r\n]*?)coding([:=][ \t]*)([-\w.]+)/g;
const isUtf8 = /^utf[-_]?8$/i;

/**
 * The text of a sample as scanners see it: the sample itself, except that an encoding declaration other than UTF-8 is
 * unmade (`coding` → `c_ding`, same columns). Samples are text and are written as UTF-8; read as another encoding, a
 * scanner would see other code than the one that runs.
 */
export function scannedText(code: string): string {
  const unmake = (all: string, before: string, sign: string, name: string) =>
    isUtf8.test(name) ? all : `${before}c_ding${sign}${name}`;
  return code.replace(firstTwoLines, (head) => head.replace(declaration, unmake));
}
