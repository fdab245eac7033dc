import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Platform } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import type { SourceFile } from './found.ts';
import type { PartRow } from './run-store.ts';

const keyOf = (platform: Platform): Buffer => platform.secrets.deriveKey('import pieces');
const boundTo = (importId: string, file: string, place: number): Buffer => Buffer.from(`${importId}\0${file}\0${place}`);

/** An uploaded piece, sealed: an export may hold card numbers, and nothing with any is stored readable. Opens in its own place only. */
export function sealPiece(platform: Platform, importId: string, file: string, place: number, piece: Buffer): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(platform), iv).setAAD(boundTo(importId, file, place));
  return Buffer.concat([iv, cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
}

/** A piece that is lost, or cannot be opened with the keys there are now: no source any more, until it is uploaded again. */
export class DamagedUpload extends Error {}

async function readPiece(platform: Platform, importId: string, part: PartRow): Promise<Buffer> {
  const sealed = await platform.files.read(part.file_key).catch((error: unknown) => {
    throw error instanceof Refusal ? new DamagedUpload(`Piece ${part.place} of an uploaded file is not in the store.`, { cause: error }) : error;
  });
  try {
    return openPiece(platform, importId, part, sealed);
  } catch (error) {
    throw new DamagedUpload(`Piece ${part.place} of an uploaded file cannot be opened.`, { cause: error });
  }
}

function openPiece(platform: Platform, importId: string, { file, place }: PartRow, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(platform), sealed.subarray(0, 12)).setAAD(boundTo(importId, file, place)).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

/** The uploaded files as a source. Throws when a piece is missing: an upload that was broken off is no source. */
export function sourceOfPieces(platform: Platform, importId: string, parts: readonly PartRow[]): SourceFile[] {
  return [...Map.groupBy(parts, (part) => part.file)].map(([name, own]) => {
    if (own.some((part, i) => part.place !== i)) throw new DamagedUpload('A piece of an uploaded file is missing.');
    return {
      name, bytes: own.reduce((sum, part) => sum + part.bytes, 0),
      async *open() {
        for (const part of own) yield await readPiece(platform, importId, part);
      },
    };
  });
}
