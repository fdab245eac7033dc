import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { understandMail, type UnderstoodMail } from './understand-mail.ts';

/** A mail that took longer to read, or more memory, than any mail a person sends. It will not be read another time either. */
export class MailTooCostly extends Error {}

// Smaller ones are read within about a tenth of a second, whatever they are made of; most of what people write is.
const LARGE_BYTES = 64_000;
const LONGEST_MS = 120_000;
const IDLE_MS = 30_000;
const MEMORY_MB = 1_024;

let thread: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * As `understandMail`, large mails in a thread of their own, one after the other: fifty megabytes made to be costly take minutes, in which nobody's request and no other mail
 * would be answered. Rejects with `MailTooCostly` when a mail takes more than its share; nothing of it is kept then.
 */
export function understandAside(arrived: Buffer, longestMs = LONGEST_MS): Promise<UnderstoodMail> {
  if (arrived.length < LARGE_BYTES) return understandMail(arrived);
  const turn = queue.then(() => inThread(arrived, longestMs));
  queue = turn.catch(() => {});
  return turn;
}

async function inThread(arrived: Buffer, longestMs: number): Promise<UnderstoodMail> {
  clearTimeout(idle);
  const worker = (thread ??= new Worker(join(import.meta.dirname, 'reading-thread.ts'), { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } }));
  const answer = Promise.withResolvers<UnderstoodMail>();
  const fail = (): void => answer.reject(new MailTooCostly('The mail could not be read in time.'));
  const timer = setTimeout(fail, longestMs);
  worker.once('message', answer.resolve).once('error', fail).once('exit', fail);
  worker.ref();
  try {
    worker.postMessage(arrived);
    return withBuffers(await answer.promise);
  } catch (error) {
    thread = undefined;
    await worker.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
    worker.off('message', answer.resolve).off('error', fail).off('exit', fail);
    // What it takes to wait for the next one must neither keep the program from ending nor be kept for ever.
    worker.unref();
    idle = setTimeout(() => {
      void thread?.terminate();
      thread = undefined;
    }, IDLE_MS).unref();
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function withBuffers(understood: UnderstoodMail): UnderstoodMail {
  const { raw, mail } = understood;
  return { ...understood, raw: asBuffer(raw), mail: { ...mail, attachments: mail.attachments.map((attachment) => ({ ...attachment, bytes: asBuffer(attachment.bytes) })) } };
}
