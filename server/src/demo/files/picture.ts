import type { Random } from '../story/random.ts';
import type { PlannedFile } from '../story/step.ts';
import { createCanvas, type Canvas, type Colour } from './png.ts';

const TABLES: readonly (readonly [Colour, Colour, Colour])[] = [
  [[222, 214, 200], [196, 182, 160], [150, 112, 74]], [[205, 214, 216], [176, 188, 192], [122, 98, 80]], [[232, 224, 206], [206, 192, 166], [92, 74, 60]], [[198, 190, 182], [166, 156, 148], [176, 140, 100]],
];

function room(canvas: Canvas, variant: number): void {
  const [wall, shade, table] = TABLES[variant % TABLES.length] ?? TABLES[0]!;
  canvas.backdrop(wall, shade);
  canvas.polygon([[0, 232], [480, 214], [480, 320], [0, 320]], table);
}

/** A parcel that fell on a corner. */
function drawBox(canvas: Canvas, variant: number): void {
  const push = variant * 9;
  canvas.ellipse([238, 284], [168, 18], [70, 54, 42]);
  canvas.polygon([[104, 132], [258, 160], [258, 286], [104, 250]], [186, 142, 94]);
  canvas.polygon([[258, 160], [390, 128], [392 - push, 232 - push], [350 - push, 252], [258, 286]], [162, 120, 76]);
  canvas.polygon([[104, 132], [232, 102], [390, 128], [258, 160]], [208, 166, 116]);
  canvas.polygon([[170, 118], [196, 112], [330, 142], [304, 149]], [226, 206, 168]);
  canvas.polygon([[304, 149], [330, 142], [330, 176], [304, 184]], [206, 184, 146]);
  canvas.polygon([[392 - push, 232 - push], [350 - push, 252], [372 - push, 212]], [96, 68, 42]);
  canvas.polygon([[372 - push, 212], [350 - push, 252], [334 - push, 214]], [132, 96, 60]);
  canvas.polygon([[124, 172], [206, 187], [206, 228], [124, 210]], [240, 236, 226]);
  for (let i = 0; i < 4; i++) canvas.polygon([[132, 180 + i * 8], [186 - i * 8, 190 + i * 8], [186 - i * 8, 193 + i * 8], [132, 183 + i * 8]], [70, 66, 62]);
}

/** An espresso machine and the cup beside it. */
function drawMachine(canvas: Canvas, variant: number): void {
  const body: Colour = ([[66, 88, 92], [148, 60, 48], [52, 52, 56], [208, 200, 184]] as const)[variant % 4] ?? [66, 88, 92];
  const dark = body.map((value) => Math.round(value * 0.7)) as unknown as Colour;
  canvas.ellipse([236, 288], [150, 16], [60, 46, 38]);
  canvas.polygon([[120, 92], [330, 92], [330, 142], [120, 142]], body);
  canvas.polygon([[120, 142], [180, 142], [180, 262], [120, 262]], dark);
  canvas.polygon([[110, 258], [344, 258], [344, 284], [110, 284]], body);
  canvas.polygon([[192, 250], [336, 250], [336, 258], [192, 258]], [168, 170, 170]);
  canvas.polygon([[226, 142], [286, 142], [280, 164], [232, 164]], [176, 178, 178]);
  canvas.polygon([[286, 150], [352, 168], [350, 178], [284, 160]], [84, 56, 36]);
  canvas.polygon([[250, 164], [262, 164], [262, 180], [250, 180]], [140, 142, 142]);
  canvas.ellipse([294, 116], [15, 15], [236, 232, 222]);
  canvas.polygon([[293, 116], [305, 108], [306, 110], [294, 118]], [150, 40, 30]);
  canvas.polygon([[232, 212], [280, 212], [274, 250], [238, 250]], [240, 236, 228]);
  canvas.ellipse([256, 212], [24, 5], [92, 58, 34]);
  if (variant % 2 === 0) canvas.ellipse([300, 254], [34, 5], [112, 74, 46]);
  if (variant % 2 === 1) canvas.ellipse([222, 290], [30, 6], [150, 122, 92]);
}

/** An electric grinder whose hopper has a crack. */
function drawGrinder(canvas: Canvas, variant: number): void {
  const body: Colour = ([[58, 64, 68], [214, 206, 190], [92, 116, 104], [150, 74, 52]] as const)[variant % 4] ?? [58, 64, 68];
  const dark = body.map((value) => Math.round(value * 0.72)) as unknown as Colour;
  canvas.ellipse([240, 290], [112, 14], [58, 44, 36]);
  canvas.polygon([[176, 44], [304, 44], [278, 126], [202, 126]], [216, 222, 222]);
  canvas.polygon([[186, 70], [294, 70], [278, 126], [202, 126]], [104, 66, 40]);
  canvas.polygon([[170, 36], [310, 36], [310, 48], [170, 48]], dark);
  for (const [x, y] of [[206, 84], [228, 78], [250, 90], [270, 80], [218, 104], [244, 110], [262, 104]] as const) canvas.ellipse([x, y], [9, 6], [132, 86, 52]);
  canvas.polygon([[252, 48], [256, 48], [246, 78], [258, 96], [244, 126], [240, 126], [252, 97], [241, 79]], [250, 250, 248]);
  canvas.polygon([[190, 126], [290, 126], [290, 148], [190, 148]], [176, 178, 178]);
  for (let i = 0; i < 9; i++) canvas.polygon([[194 + i * 11, 130], [196 + i * 11, 130], [196 + i * 11, 144], [194 + i * 11, 144]], [128, 130, 130]);
  canvas.polygon([[198, 148], [282, 148], [282, 196], [198, 196]], body);
  canvas.polygon([[198, 196], [222, 196], [222, 268], [198, 268]], dark);
  canvas.polygon([[186, 266], [296, 266], [300, 290], [182, 290]], body);
  canvas.polygon([[232, 214], [282, 214], [277, 266], [237, 266]], [196, 198, 198]);
  canvas.ellipse([257, 214], [25, 5], [112, 74, 46]);
  canvas.ellipse([268, 172], [7, 7], [236, 232, 222]);
}

const drawings = { box: drawBox, machine: drawMachine, grinder: drawGrinder };

const made = new Map<string, Buffer>();

/** A snapshot as a customer might send it; one of a few, so that the same bytes are stored once. */
export function photo(what: keyof typeof drawings, random: Random): PlannedFile {
  const variant = random.between(0, 3);
  const key = `${what}${variant}`;
  let content = made.get(key);
  if (!content) {
    const canvas = createCanvas(480, 320);
    room(canvas, variant);
    drawings[what](canvas, variant);
    content = canvas.toPng();
    made.set(key, content);
  }
  return { filename: `IMG_${random.between(1201, 8977)}.png`, mediaType: 'image/png', content };
}

/** The lantern of the company, for letterheads. */
export function lantern(): Buffer {
  const canvas = createCanvas(96, 96);
  canvas.backdrop([250, 246, 238], [244, 238, 226]);
  canvas.polygon([[36, 20], [60, 20], [66, 32], [30, 32]], [38, 74, 80]);
  canvas.polygon([[32, 34], [64, 34], [60, 72], [36, 72]], [246, 200, 104]);
  canvas.polygon([[46, 34], [50, 34], [50, 72], [46, 72]], [38, 74, 80]);
  canvas.polygon([[30, 72], [66, 72], [70, 80], [26, 80]], [38, 74, 80]);
  canvas.ellipse([48, 15], [7, 6], [38, 74, 80]);
  canvas.ellipse([48, 15], [4, 3], [248, 243, 233]);
  return canvas.toPng();
}
