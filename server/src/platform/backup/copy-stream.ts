import { Readable } from 'node:stream';
import type pg from 'pg';

// What node-postgres calls back on whatever stands at the head of its queue. Its type declarations know only `submit`.
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
  stream: NodeJS.WritableStream & NodeJS.ReadableStream & { writableNeedDrain: boolean; destroyed: boolean };
}

interface Submitted {
  submit(connection: Wire): void;
  handleRowDescription(): void;
  handleDataRow(): void;
  handleCommandComplete(message: { text: string }): void;
  handleReadyForQuery(): void;
  handleEmptyQuery(): void;
  handleError(error: Error): void;
  handleCopyInResponse(connection: Wire): void;
  handleCopyData(message: { chunk: Buffer }, connection: Wire): void;
}

const nothing = (): void => undefined;
const CHUNK_BYTES = 256 * 1024;

/**
 * The bytes a `copy … to stdout` answers with, in chunks of about 256 KiB that do not respect the borders of rows. The server is held back
 * when nobody reads. The connection takes no other statement until the stream has ended; a failure of the statement is an error of the stream.
 */
export function copyOut(client: pg.Client, statement: string): Readable {
  let wire: Wire | undefined;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const stream = new Readable({ read: () => void wire?.stream.resume(), highWaterMark: CHUNK_BYTES * 4 });
  // It may fail before anybody reads; whoever reads then is told.
  stream.on('error', nothing);
  const flush = (): void => {
    if (waitingBytes === 0) return;
    if (!stream.push(Buffer.concat(waiting))) wire?.stream.pause();
    waiting = [];
    waitingBytes = 0;
  };
  const submitted: Submitted = {
    submit: (connection) => {
      wire = connection;
      connection.query(statement);
    },
    handleCopyData: ({ chunk }) => {
      // A copy: the chunk lies in the driver's own buffer, which the next packet overwrites.
      waiting.push(Buffer.from(chunk));
      waitingBytes += chunk.length;
      if (waitingBytes >= CHUNK_BYTES) flush();
    },
    handleCommandComplete: nothing,
    handleReadyForQuery: () => {
      flush();
      stream.push(null);
      wire?.stream.resume();
      wire = undefined;
    },
    handleError: (error) => {
      wire?.stream.resume();
      wire = undefined;
      stream.destroy(error);
    },
    handleCopyInResponse: (connection) => connection.sendCopyFail('not asked for'),
    handleRowDescription: nothing,
    handleDataRow: nothing,
    handleEmptyQuery: nothing,
  };
  client.query(submitted as never);
  return stream;
}

/**
 * Feeds a `copy … from stdin` from `source` and answers with the number of rows the server took. When the source fails the statement fails with it,
 * and with it the transaction it stands in.
 */
export function copyIn(client: pg.Client, statement: string, source: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0;
    let sourceError: Error | undefined;
    let isOver = false;
    const pump = async (connection: Wire): Promise<void> => {
      try {
        for await (const chunk of source) {
          // The server has refused a row already; what follows would be for nobody.
          if (isOver) return;
          connection.sendCopyFromChunk(chunk);
          if (connection.stream.writableNeedDrain && !connection.stream.destroyed) await room(connection.stream);
        }
        if (!isOver) connection.endCopyFrom();
      } catch (error) {
        sourceError = error as Error;
        if (!isOver) connection.sendCopyFail('the source failed');
      }
    };
    const submitted: Submitted = {
      submit: (connection) => connection.query(statement),
      handleCopyInResponse: (connection) => void pump(connection),
      handleCommandComplete: ({ text }) => (rows = Number(text.split(' ').at(-1))),
      handleReadyForQuery: () => resolve(rows),
      handleError: (error) => {
        isOver = true;
        reject(sourceError ?? error);
      },
      handleCopyData: nothing,
      handleRowDescription: nothing,
      handleDataRow: nothing,
      handleEmptyQuery: nothing,
    };
    client.query(submitted as never);
  });
}

/** Waits until the stream takes more, or is gone: then the statement has failed already. */
function room(stream: Wire['stream']): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      stream.off('drain', go).off('close', go);
      resolve();
    };
    stream.on('drain', go).on('close', go);
  });
}
