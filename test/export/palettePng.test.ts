import { crc32, deflateSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { palettePng } from "../../src/export/palettePng.js";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** What each filter of the specification guesses from left (a), above (b) and above left (c). */
const guesses = [
  () => 0,
  (a: number) => a,
  (_: number, b: number) => b,
  (a: number, b: number) => Math.floor((a + b) / 2),
  (a: number, b: number, c: number) =>
    [a, b, c].reduce((best, each) => (Math.abs(a + b - c - each) < Math.abs(a + b - c - best) ? each : best)),
];

/** A PNG of 8 bits a channel, its lines filtered in turn with each of the five filters. */
function pngOf(width: number, lines: readonly (readonly number[])[], channels: 3 | 4): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(lines.length, 4);
  head.set([8, channels === 3 ? 2 : 6, 0, 0, 0], 8);
  const filtered = lines.flatMap((line, y) => {
    const guess = guesses[y % 5] ?? guesses[0]!;
    const at = (row: readonly number[] | undefined, i: number) => (i < 0 ? 0 : (row?.[i] ?? 0));
    const bytes = line.map((value, i) => {
      const above = lines[y - 1];
      return (value - guess(at(line, i - channels), at(above, i), at(above, i - channels)) + 512) % 256;
    });
    return [y % 5, ...bytes];
  });
  const data = deflateSync(Buffer.from(filtered));
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", new Uint8Array())]);
}

/** The channels of an indexed PNG without filters. */
function channelsOf(png: Uint8Array, width: number): number[][] {
  const bytes = Buffer.from(png);
  const part = (type: string) => {
    const at = bytes.indexOf(type, 0, "latin1");
    return bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4));
  };
  expect([...part("IHDR").subarray(8)]).toEqual([8, 3, 0, 0, 0]);
  const [palette, lines] = [part("PLTE"), inflateSync(part("IDAT"))];
  return Array.from({ length: lines.length / (width + 1) }, (_, y) =>
    [...lines.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))].flatMap((i) => [
      ...palette.subarray(3 * i, 3 * i + 3),
    ]),
  );
}

/** Runs of colours, as charts have them. */
function picture(width: number, height: number, colours: number): number[][] {
  const of = (i: number) => [(i * 37) % 256, (i * 91) % 256, (i * 13) % 256];
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => of((Math.floor(x / 3) + 7 * Math.floor(y / 5)) % colours)).flat(),
  );
}

test("a picture of few colours keeps every pixel in fewer bytes, whatever filters its lines have", () => {
  const lines = picture(60, 40, 9);
  const png = pngOf(60, lines, 3);
  const small = palettePng(png);
  expect(small.length).toBeLessThan(png.length);
  expect(channelsOf(small, 60)).toEqual(lines);
  const opaque = lines.map((line) => line.flatMap((value, i) => (i % 3 === 2 ? [value, 255] : [value])));
  expect(channelsOf(palettePng(pngOf(60, opaque, 4)), 60)).toEqual(lines);
});

test("of many shades none is far from its stand-in, and the most frequent stay as they are", () => {
  // White, and 2,048 tints in no order: shades of grey with a little blue taken off.
  const tint = (i: number) => [(i * 37) % 256, (i * 37) % 256, Math.max(0, ((i * 37) % 256) - ((i * 11) % 8))];
  const lines = Array.from({ length: 60 }, (_, y) =>
    Array.from({ length: 160 }, (_, x) => (x < 40 ? [255, 255, 255] : tint((x * 7919 + y * 104_729) % 2048))).flat(),
  );
  const shown = channelsOf(palettePng(pngOf(160, lines, 3)), 160);
  const off = lines.flatMap((line, y) => line.map((value, i) => Math.abs(value - (shown[y]?.[i] ?? 0))));
  expect(Math.max(...off)).toBeLessThanOrEqual(8);
  expect(shown.every((line) => line.slice(0, 120).every((value) => value === 255))).toBe(true);
});

test("a picture that lets its ground shine through stays as it is", () => {
  const png = pngOf(2, [[1, 2, 3, 255, 4, 5, 6, 128]], 4);
  expect(palettePng(png)).toBe(png);
});
