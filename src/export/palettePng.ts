import { crc32, deflateSync, inflateSync } from "node:zlib";
import { colourPalette } from "./colourPalette.js";

/** Colours as numbers 0xRRGGBB, line by line. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly colours: Uint32Array;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = signature.length; at + 8 <= png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** What a filter guesses for a byte from those to the left, above and above left (PNG specification, section 9.2). */
function guessOf(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const plane = left + above - corner;
  const [a, b, c] = [Math.abs(plane - left), Math.abs(plane - above), Math.abs(plane - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** Takes back the filters of the lines, in place; each line begins with the number of its filter. */
function unfilter(lines: Buffer, stride: number, step: number): void {
  const byte = (at: number) => lines[at] as number;
  for (let from = 0; from < lines.length; from += stride + 1) {
    const filter = byte(from);
    for (let i = 1; i <= stride; i++) {
      const at = from + i;
      const up = from > 0 ? at - stride - 1 : undefined;
      const left = i > step ? byte(at - step) : 0;
      const corner = i > step && up !== undefined ? byte(up - step) : 0;
      lines[at] = (byte(at) + guessOf(filter, left, up === undefined ? 0 : byte(up), corner)) & 0xff;
    }
  }
}

/** The pixels of an opaque picture of 8 bits a channel, as browsers write them; `undefined` for any other. */
function pixelsOf(png: Buffer): Pixels | undefined {
  const chunks = chunksOf(png);
  const head = chunks.find(({ type }) => type === "IHDR")?.data;
  if (head === undefined) return undefined;
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const step = { 2: 3, 6: 4 }[head[9] ?? 0];
  if (head[8] !== 8 || step === undefined || head[12] !== 0) return undefined;
  const lines = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data)));
  unfilter(lines, width * step, step);
  const colours = new Uint32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const at = y * (width * step + 1) + 1 + x * step;
      if (step === 4 && lines[at + 3] !== 255) return undefined;
      colours[i] = lines.readUIntBE(at, 3);
    }
  }
  return { width, height, colours };
}

function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.alloc(12 + data.length);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, "latin1");
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
  return whole;
}

/**
 * The same picture with at most 256 colours, in a third of the bytes: charts have few colours, and the shades at the edges of letters and
 * lines are merged with their nearest. No channel moves by more than about 5 %. Pictures that are not opaque, or not of 8 bits a
 * channel, come back as they are; so does one that would not be smaller.
 */
export function palettePng(png: Uint8Array): Uint8Array {
  const pixels = pixelsOf(Buffer.from(png));
  if (pixels === undefined) return png;
  const { width, height, colours } = pixels;
  const { palette, indexOf } = colourPalette(colours);
  const lines = Buffer.alloc(height * (width + 1));
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) lines[y * (width + 1) + 1 + x] = indexOf.get(colours[i] ?? 0) ?? 0;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits a pixel, each the number of a colour.
  head.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.alloc(3 * palette.length);
  for (const [i, colour] of palette.entries()) table.writeUIntBE(colour, 3 * i, 3);
  const small = Buffer.concat([
    Buffer.from(signature),
    chunk("IHDR", head),
    chunk("PLTE", table),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", new Uint8Array()),
  ]);
  return small.length < png.length ? small : png;
}
