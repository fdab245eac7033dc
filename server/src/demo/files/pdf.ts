export interface Line {
  text: string;
  /** Points from the left and from the top of an A4 page. */
  x: number;
  y: number;
  size?: number;
  isBold?: boolean;
}

/** What the built-in fonts of a PDF can show: Latin letters. Everything else becomes a plain letter or a question mark. */
function encode(text: string): string {
  const latin = text.normalize('NFC').replace(/€/g, '\x80').replace(/[’‘]/g, "'").replace(/[–—]/g, '-').replace(/[\u00a0\u202f]/g, ' ');
  let out = '';
  for (const character of latin) {
    const code = character.codePointAt(0) ?? 63;
    const plain = code < 256 ? character : character.normalize('NFD').replace(/\p{M}/gu, '');
    const byte = plain.length === 1 && plain.charCodeAt(0) < 256 ? plain.charCodeAt(0) : 63;
    out += byte < 32 || byte > 126 || '()\\'.includes(plain) ? `\\${byte.toString(8).padStart(3, '0')}` : plain;
  }
  return out;
}

/** A PDF of one A4 page with lines of text and rules between them; small enough to be made by hand. */
export function makePdf(lines: readonly Line[], rules: readonly number[] = []): Buffer {
  const content = [
    ...lines.map(({ text, x, y, size = 10, isBold = false }) => `BT /${isBold ? 'B' : 'R'} ${size} Tf ${x} ${842 - y} Td (${encode(text)}) Tj ET`),
    '0.6 w 0.75 G', ...rules.map((y) => `56 ${842 - y} m 539 ${842 - y} l S`),
  ].join('\n');
  const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /R 4 0 R /B 5 0 R >> >> /Contents 6 0 R >>',
    font('Helvetica'), font('Helvetica-Bold'), `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}
