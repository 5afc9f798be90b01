import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { InputError, reasonOf } from "../error.js";

const chunkBytes = 4 * 2 ** 20;

async function opened(path: string) {
  return open(path).catch((cause: unknown) => {
    throw new InputError(`${path} cannot be read (${reasonOf(cause)}): give yourself the right to read it`, { cause });
  });
}

/** What a compressed file holds; nobody appends to one. */
async function* unpackedChunks(path: string): AsyncGenerator<Buffer> {
  const packed = (await opened(path)).createReadStream();
  const unpacked = createGunzip();
  packed.once("error", (error) => unpacked.destroy(error));
  try {
    for await (const chunk of packed.pipe(unpacked)) yield chunk as Buffer;
  } catch (cause) {
    throw new InputError(`${path} cannot be unpacked (${reasonOf(cause)}): get the file again`, { cause });
  }
}

/**
 * The bytes of a file up to the length that it has now, unpacked where its name ends in `.gz`; what others append meanwhile is left for the
 * next reader. A chunk is good until the next one is asked for.
 *
 * @throws InputError for a file that cannot be opened or unpacked.
 */
export async function* fileChunks(path: string): AsyncGenerator<Buffer> {
  if (path.endsWith(".gz")) {
    yield* unpackedChunks(path);
    return;
  }
  const handle = await opened(path);
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
