import { open } from "node:fs/promises";
import { InputError, reasonOf } from "../error.js";

const chunkBytes = 4 * 2 ** 20;

/**
 * The bytes of a file up to the length that it has now; what others append meanwhile is left for the next reader. A chunk is good until
 * the next one is asked for.
 *
 * @throws InputError for a file that cannot be opened.
 */
export async function* fileChunks(path: string): AsyncGenerator<Buffer> {
  const handle = await open(path).catch((cause: unknown) => {
    throw new InputError(`${path} cannot be read (${reasonOf(cause)}): give yourself the right to read it`, { cause });
  });
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size));
    let position = 0;
    while (position < size) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - position), position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
