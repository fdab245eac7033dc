import { importPieceBytes } from './piece-bytes.ts';
import { client } from '../../data/client.ts';

const ATTEMPTS = 4;
const PAUSE_MS = 1_000;

/** Sends files in pieces, one after the other, so that files of any size fit; a piece that did not arrive is sent again. `onSent` hears how many bytes are there. */
export async function uploadFiles(importId: string, files: readonly File[], onSent: (bytes: number) => void): Promise<void> {
  let sent = 0;
  for (const file of files) {
    for (let place = 0; place * importPieceBytes < Math.max(1, file.size); place += 1) {
      const piece = file.slice(place * importPieceBytes, (place + 1) * importPieceBytes);
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.imports.upload({ params: { importId }, query: { file: file.name.slice(-200), place }, body: piece });
          break;
        } catch (error) {
          // What the server refuses it refuses again; a line that was cut comes back.
          if (attempt === ATTEMPTS || (error as { problem?: unknown }).problem !== undefined) throw error;
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
        }
      }
      sent += piece.size;
      onSent(sent);
    }
  }
}
