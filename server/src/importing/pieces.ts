import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Platform } from '../platform/context.ts';
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

function openPiece(platform: Platform, importId: string, { file, place }: PartRow, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(platform), sealed.subarray(0, 12)).setAAD(boundTo(importId, file, place)).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

/** The uploaded files as a source. Throws when a piece is missing: an upload that was broken off is no source. */
export function sourceOfPieces(platform: Platform, importId: string, parts: readonly PartRow[]): SourceFile[] {
  return [...Map.groupBy(parts, (part) => part.file)].map(([name, own]) => {
    if (own.some((part, i) => part.place !== i)) throw new Error(`A piece of ${name} is missing.`);
    return {
      name, bytes: own.reduce((sum, part) => sum + part.bytes, 0),
      async *open() {
        for (const part of own) yield openPiece(platform, importId, part, await platform.files.read(part.file_key));
      },
    };
  });
}
