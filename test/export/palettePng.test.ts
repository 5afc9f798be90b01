import { convertIndexedToRgb, decode, encode } from "fast-png";
import { expect, test } from "vitest";
import { palettePng } from "../../src/export/palettePng.js";
import { seededRandom } from "../../src/stat/seededRandom.js";

const pngOf = (width: number, lines: readonly (readonly number[])[], channels: 3 | 4) =>
  encode({ width, height: lines.length, data: Uint8Array.from(lines.flat()), depth: 8, channels });

/** The channels of an indexed PNG. */
const channelsOf = (png: Uint8Array) => [...convertIndexedToRgb(decode(png))];

/** Runs of colours, as charts have them. */
function picture(width: number, height: number, colours: number): number[][] {
  const of = (i: number) => [(i * 37) % 256, (i * 91) % 256, (i * 13) % 256];
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => of((Math.floor(x / 3) + 7 * Math.floor(y / 5)) % colours)).flat(),
  );
}

test("a picture of few colours keeps every pixel in fewer bytes", () => {
  const lines = picture(60, 40, 9);
  const png = pngOf(60, lines, 3);
  const small = palettePng(png);
  expect(small.length).toBeLessThan(png.length);
  expect(channelsOf(small)).toEqual(lines.flat());
  const opaque = lines.map((line) => line.flatMap((value, i) => (i % 3 === 2 ? [value, 255] : [value])));
  expect(channelsOf(palettePng(pngOf(60, opaque, 4)))).toEqual(lines.flat());
});

test("of many shades none is far from its stand-in, and the most frequent stay as they are", () => {
  const { uniform } = seededRandom(1);
  // White, and 2,048 tints in no order: shades of grey with a little blue taken off.
  const tint = (i: number) => [(i * 37) % 256, (i * 37) % 256, Math.max(0, ((i * 37) % 256) - ((i * 11) % 8))];
  const line = () =>
    Array.from({ length: 160 }, (_, x) => (x < 40 ? [255, 255, 255] : tint(Math.floor(2048 * uniform())))).flat();
  const lines = Array.from({ length: 60 }, line);
  const shown = channelsOf(palettePng(pngOf(160, lines, 3)));
  const off = lines.flat().map((value, i) => Math.abs(value - (shown[i] ?? 0)));
  expect(Math.max(...off)).toBeLessThanOrEqual(8);
  const white = lines.flat().map((_, i) => i % 480 < 120);
  expect(shown.every((value, i) => white[i] !== true || value === 255)).toBe(true);
});

test("a picture that lets its ground shine through stays as it is", () => {
  const png = pngOf(2, [[1, 2, 3, 255, 4, 5, 6, 128]], 4);
  expect(palettePng(png)).toBe(png);
});
