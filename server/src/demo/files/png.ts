import { crc32, deflateSync } from 'node:zlib';

export type Colour = readonly [red: number, green: number, blue: number];
export type Point = readonly [x: number, y: number];

/** A small painting ground: flat shapes, from back to front. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  polygon(points: readonly Point[], colour: Colour): void;
  ellipse(centre: Point, radii: Point, colour: Colour): void;
  /** From one colour at the top to another at the bottom. */
  backdrop(top: Colour, bottom: Colour): void;
  toPng(): Buffer;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

export function createCanvas(width: number, height: number): Canvas {
  const pixels = Buffer.alloc(width * height * 3);
  const run = (y: number, from: number, to: number, colour: Colour) => {
    if (y < 0 || y >= height) return;
    for (let x = Math.max(0, Math.ceil(from)); x <= Math.min(width - 1, Math.floor(to)); x++) pixels.set(colour, (y * width + x) * 3);
  };
  return {
    width,
    height,
    backdrop(top, bottom) {
      for (let y = 0; y < height; y++) {
        const t = y / (height - 1);
        run(y, 0, width - 1, [0, 1, 2].map((i) => Math.round((top[i] ?? 0) * (1 - t) + (bottom[i] ?? 0) * t)) as unknown as Colour);
      }
    },
    polygon(points, colour) {
      const ys = points.map(([, y]) => y);
      for (let y = Math.floor(Math.min(...ys)); y <= Math.ceil(Math.max(...ys)); y++) {
        const crossings = points.flatMap(([x1, y1], i) => {
          const [x2, y2] = points[(i + 1) % points.length] ?? [x1, y1];
          return (y1 <= y) === (y2 <= y) ? [] : [x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)];
        }).sort((a, b) => a - b);
        for (let i = 0; i + 1 < crossings.length; i += 2) run(y, crossings[i] ?? 0, crossings[i + 1] ?? 0, colour);
      }
    },
    ellipse([cx, cy], [rx, ry], colour) {
      for (let y = Math.floor(cy - ry); y <= cy + ry; y++) {
        const half = rx * Math.sqrt(Math.max(0, 1 - ((y - cy) / ry) ** 2));
        run(y, cx - half, cx + half, colour);
      }
    },
    toPng() {
      // One byte before each line names its filter; "sub" packs flat areas well.
      const raw = Buffer.alloc((width * 3 + 1) * height);
      for (let y = 0; y < height; y++) {
        const at = y * (width * 3 + 1);
        raw[at] = 1;
        for (let i = 0; i < width * 3; i++) raw[at + 1 + i] = ((pixels[y * width * 3 + i] ?? 0) - (i < 3 ? 0 : (pixels[y * width * 3 + i - 3] ?? 0))) & 255;
      }
      const header = Buffer.alloc(13);
      header.writeUInt32BE(width, 0);
      header.writeUInt32BE(height, 4);
      header.set([8, 2, 0, 0, 0], 8);
      return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))]);
    },
  };
}
