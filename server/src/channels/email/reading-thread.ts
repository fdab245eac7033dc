import { parentPort } from 'node:worker_threads';
import { understandMail } from './understand-mail.ts';

// The other end of `understandAside`: one mail at a time comes in as bytes, and goes back understood.
parentPort?.on('message', (raw: Uint8Array) => {
  // Bytes lose their kind on the way between threads.
  void understandMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)).then((understood) => parentPort?.postMessage(understood));
});
