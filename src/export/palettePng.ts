import { decode, encode } from "fast-png";
import { colourPalette } from "./colourPalette.js";

/** The opaque colours of a picture, 0xRRGGBB; `undefined` where it is not opaque or not of 8 bits a channel. */
function coloursOf({ data, depth, channels, palette }: ReturnType<typeof decode>): Uint32Array | undefined {
  if (depth !== 8 || palette !== undefined || (channels !== 3 && channels !== 4)) return undefined;
  const colours = new Uint32Array(data.length / channels);
  for (let i = 0; i < colours.length; i++) {
    const [red = 0, green = 0, blue = 0, opaque = 255] = data.subarray(i * channels, (i + 1) * channels);
    if (opaque !== 255) return undefined;
    colours[i] = (red << 16) | (green << 8) | blue;
  }
  return colours;
}

/**
 * The same picture with at most 256 colours, in a third of the bytes: charts have few colours, and the shades at the edges of letters and
 * lines are merged with their nearest. No channel moves by more than about 5 %. Pictures that are not opaque, or not of 8 bits a
 * channel, come back as they are; so does one that would not be smaller.
 */
export function palettePng(png: Uint8Array): Uint8Array {
  const { width, height, ...picture } = decode(png);
  const colours = coloursOf({ width, height, ...picture });
  if (colours === undefined) return png;
  const { palette, indexOf } = colourPalette(colours);
  const data = Uint8Array.from(colours, (colour) => indexOf.get(colour) ?? 0);
  const table = palette.map((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]);
  const small = encode({ width, height, data, depth: 8, channels: 1, palette: table }, { zlib: { level: 9 } });
  return small.length < png.length ? small : png;
}
