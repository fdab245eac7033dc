import { importPieceBytes } from './piece-bytes.ts';
import { client } from '../../data/client.ts';

const ATTEMPTS = 4;
const PAUSE_MS = 1_000;

/** Under which name each file is sent: folders left out, equal names told apart. */
export function namesOf(files: readonly File[]): string[] {
  const taken = new Set<string>();
  return files.map((file) => {
    let name = file.name.slice(-180);
    for (let n = 2; taken.has(name); n += 1) name = `${n}-${file.name.slice(-180)}`;
    taken.add(name);
    return name;
  });
}

/** Sends files in pieces, one after the other, so that files of any size fit; a piece that did not arrive is sent again. `onSent` hears how many bytes are there. */
export async function uploadFiles(importId: string, files: readonly File[], onSent: (bytes: number) => void): Promise<void> {
  let sent = 0;
  const names = namesOf(files);
  for (const [i, file] of files.entries()) {
    for (let place = 0; place * importPieceBytes < Math.max(1, file.size); place += 1) {
      const piece = file.slice(place * importPieceBytes, (place + 1) * importPieceBytes);
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.imports.upload({ params: { importId }, query: { file: names[i] ?? file.name, place }, body: piece });
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
