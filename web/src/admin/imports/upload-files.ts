import { client, isPassing } from '../../data/client.ts';
import { importPieceBytes } from './piece-bytes.ts';

const ATTEMPTS = 6;
const PAUSE_MS = 1_000;

export interface NamedFile {
  /** As it is called on the server. */
  name: string;
  file: File;
}

/** As the server keeps it, and the same wherever the same file is chosen: systems write an accent as one sign or as two. */
const plain = (name: string): string => (name.split(/[/\\]/).at(-1) ?? '').normalize('NFC').slice(-180).toWellFormed().trim() || 'file';

/** Under which name each file is sent: folders left out, equal names told apart. */
export function named(files: readonly File[]): NamedFile[] {
  const taken = new Set<string>();
  return files.map((file) => {
    let name = plain(file.name);
    for (let n = 2; taken.has(name); n += 1) name = `${n}-${plain(file.name)}`;
    taken.add(name);
    return { name, file };
  });
}

const online = (): Promise<unknown> | undefined => (navigator.onLine ? undefined : new Promise((resolve) => window.addEventListener('online', resolve, { once: true })));

/** Does it again, with growing pauses, while the line is cut or the server is away; what the server refuses it refuses again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    await online();
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** (attempt - 1)));
    }
  }
}

/** Sends files in pieces, one after the other, so that files of any size fit; pieces that are there already are left out. `onSent` hears how many bytes are there. */
export async function uploadFiles(importId: string, files: readonly NamedFile[], onSent: (bytes: number) => void): Promise<void> {
  const { items } = await patiently(() => client.imports.listPieces({ params: { importId } }));
  const here = new Map(items.map(({ file, place, bytes }) => [`${place} ${file}`, bytes]));
  let sent = 0;
  for (const { name, file } of files) {
    for (let place = 0; place * importPieceBytes < Math.max(1, file.size); place += 1) {
      const piece = file.slice(place * importPieceBytes, (place + 1) * importPieceBytes);
      if (here.get(`${place} ${name}`) !== piece.size) await patiently(() => client.imports.upload({ params: { importId }, query: { file: name, place }, body: piece }));
      sent += piece.size;
      onSent(sent);
    }
  }
}
