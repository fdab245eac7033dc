export interface UuFile {
  filename: string;
  bytes: Buffer;
}

const BEGIN = /^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,255})$/;
const MOST_FILES = 50;

/** Takes files out of a text that were written into it as before there was MIME ("begin 644 name" … "end"). What does not end, or holds a wrong line, stays text. */
export function readUuencode(text: string): { text: string; files: UuFile[] } {
  if (!/^begin /m.test(text)) return { text, files: [] };
  const lines = text.split(/\r?\n/);
  const kept: string[] = [];
  const files: UuFile[] = [];
  // Where the next "end" stands, so that many beginnings without one cost nothing.
  const lastEnd = lines.lastIndexOf('end');
  for (let i = 0; i < lines.length; i++) {
    const begin = i < lastEnd && files.length < MOST_FILES ? BEGIN.exec(lines[i]!) : null;
    const end = begin === null ? undefined : readBody(lines, i + 1);
    if (begin === null || end === undefined) kept.push(lines[i]!);
    else {
      files.push({ filename: begin[1]!.trim(), bytes: Buffer.concat(end.pieces) });
      i = end.at;
    }
  }
  return files.length === 0 ? { text, files } : { text: kept.join('\n'), files };
}

function readBody(lines: readonly string[], from: number): { pieces: Buffer[]; at: number } | undefined {
  const pieces: Buffer[] = [];
  for (let i = from; i < lines.length; i++) {
    const line = lines[i]!;
    if (line === 'end') return pieces.length === 0 ? undefined : { pieces, at: i };
    if (line === '`' || line === ' ' || line === '') continue;
    const piece = decodeLine(line);
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  return undefined;
}

function decodeLine(line: string): Buffer | undefined {
  const length = (line.charCodeAt(0) - 32) & 63;
  const groups = Math.ceil(length / 3);
  // Some programs leave blanks at the end away, or add one character as a sum.
  if (length === 0 || line.length > groups * 4 + 2 || line.length < length) return undefined;
  const bytes = Buffer.alloc(groups * 3);
  for (let group = 0; group < groups; group++) {
    let bits = 0;
    for (let k = 0; k < 4; k++) {
      const code = line.charCodeAt(1 + group * 4 + k);
      if (code > 96) return undefined;
      bits = (bits << 6) | (Number.isNaN(code) ? 0 : (code - 32) & 63);
    }
    bytes.writeUIntBE(bits, group * 3, 3);
  }
  return bytes.subarray(0, length);
}
