const BLOCK = 512;

/** A name any program can unpack: plain letters, no way out of the folder, short enough for the oldest header. */
export function plainPath(name: string): string {
  const parts = name.split('.');
  const ending = parts.length > 1 ? (parts.at(-1) ?? '').replace(/[^A-Za-z0-9]/g, '').slice(0, 8) : '';
  const stem = (ending ? parts.slice(0, -1).join('.') : name).normalize('NFKD').replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 24);
  return (stem || 'file') + (ending ? `.${ending}` : '');
}

/** The header of one file of a tar (ustar). `path` is plain ASCII of at most 100 bytes. */
export function tarHeader(path: string, bytes: number, at: Date): Buffer {
  if (Buffer.byteLength(path) > 100 || !/^[\x21-\x7e]+$/.test(path)) throw new RangeError('The path does not fit a tar header.');
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, '0');
  // From eight gibibytes on the octal field is too short; then the number stands there in binary, as GNU and POSIX programs read it.
  header.write(path, 0, 'ascii');
  header.write(`${octal(0o600, 8)}\0${octal(0, 8)}\0${octal(0, 8)}\0`, 100, 'ascii');
  if (bytes < 8 ** 11) header.write(octal(bytes, 12), 124, 'ascii');
  else {
    header.writeUInt8(0x80, 124);
    header.writeBigUInt64BE(BigInt(bytes), 128);
  }
  header.write(octal(Math.floor(at.getTime() / 1000), 12), 136, 'ascii');
  header.write('        ', 148, 'ascii');
  header.write('0', 156, 'ascii');
  header.write('ustar\x0000', 257, 'ascii');
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${octal(sum, 7)}\0 `, 148, 'ascii');
  return header;
}

/** What fills the last block of a file. */
export const tarPadding = (bytes: number): Buffer => Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);
/** Two empty blocks end the archive. */
export const tarEnd = (): Buffer => Buffer.alloc(2 * BLOCK);
