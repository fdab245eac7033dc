import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

interface Picture {
  width: number;
  height: number;
  /** Bytes of a pixel: 3 or 4. */
  depth: number;
  pixels: Buffer;
}

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

const nearest = (a: number, b: number, c: number): number => {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
};
const predicted = (filter: number, left: number, up: number, corner: number): number => (filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : nearest(left, up, corner));

function decode(png: Buffer): Picture {
  const parts = [...chunksOf(png)];
  const header = parts.find((part) => part.type === 'IHDR')?.data;
  if (!header || header[8] !== 8 || (header[9] !== 2 && header[9] !== 6) || header[12] !== 0) throw new Error('Only true-colour pictures with eight bits, not interlaced.');
  const [width, height, depth] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 6 ? 4 : 3];
  const raw = inflateSync(Buffer.concat(parts.filter((part) => part.type === 'IDAT').map((part) => part.data)));
  const row = width * depth;
  const pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)] ?? 0;
    for (let x = 0; x < row; x++) {
      const at = y * row + x;
      const left = x >= depth ? (pixels[at - depth] ?? 0) : 0;
      const up = y > 0 ? (pixels[at - row] ?? 0) : 0;
      const corner = x >= depth && y > 0 ? (pixels[at - row - depth] ?? 0) : 0;
      pixels[at] = ((raw[y * (row + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner)) & 255;
    }
  }
  return { width, height, depth, pixels };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** The 256 colours the picture has most of; screens have few, and the rest are the soft edges of letters. */
function palette({ pixels, depth }: Picture): { colours: Buffer; indexOf: (at: number) => number } {
  const counts = new Map<number, number>();
  const colourAt = (at: number) => ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
  for (let at = 0; at < pixels.length; at += depth) counts.set(colourAt(at), (counts.get(colourAt(at)) ?? 0) + 1);
  const byCount = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  const chosen: number[] = [];
  const distance = (a: number, b: number) => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
  // Colours that can hardly be told from a chosen one leave their place to others; the distance grows until 256 are enough.
  for (let apart = 0; chosen.length === 0 || chosen.length > 256; apart = apart * 2 + 6) {
    chosen.length = 0;
    for (const [i, colour] of byCount.entries()) {
      // Whole areas keep their very own colour, however close to another.
      if (i < 80 || !chosen.some((other) => distance(colour, other) <= apart)) chosen.push(colour);
      if (chosen.length > 256) break;
    }
  }
  const known = new Map<number, number>();
  const indexOf = (at: number) => {
    const colour = colourAt(at);
    let index = known.get(colour);
    if (index === undefined) {
      let best = Infinity;
      for (const [i, other] of chosen.entries()) {
        const d = distance(colour, other);
        if (d < best) [best, index] = [d, i];
      }
      known.set(colour, index ?? 0);
    }
    return index ?? 0;
  };
  return { colours: Buffer.from(chosen.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])), indexOf };
}

/** A screenshot with at most 256 colours: a third of the size, and nobody sees it. Transparency is lost. */
export function packPng(png: Buffer): Buffer {
  const picture = decode(png);
  const { width, height, depth } = picture;
  const { colours, indexOf } = palette(picture);
  const raw = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) raw[y * (width + 1) + 1 + x] = indexOf((y * width + x) * depth);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', colours), chunk('IDAT', deflateSync(raw, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
