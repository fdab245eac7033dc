import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

const MOST_CAUSES = 4;

// Errors of mail servers and databases quote what they stumbled over. The domain is kept: it tells which server it was.
const withoutAddresses = (text: string) => text.replace(/[^\s<>"'=(,;:]+@([a-z0-9.-]+)/gi, '…@$1');

/** What is logged of an error: what it is and where, without whole addresses, and none of the values a database adds in `detail`. */
export function errorForLog(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: withoutAddresses(String(error)) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name, message: withoutAddresses(error.message), ...(code === undefined ? {} : { code }), ...(error.stack ? { stack: withoutAddresses(error.stack) } : {}),
    ...(error.cause !== undefined && depth < MOST_CAUSES ? { cause: errorForLog(error.cause, depth + 1) } : {}),
  };
}

/**
 * Structured logs, one JSON object a line on stderr (stdout belongs to what a command answers).
 * Messages are constant, facts are fields. Message text, whole addresses, secrets and card data never go in.
 */
export function createLog(level: string, destination: DestinationStream = pino.destination({ dest: 2, sync: true })): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: (error: unknown) => errorForLog(error) }, redact: ['password', 'token', '*.password', '*.token', 'authorization', 'cookie'] },
    destination,
  );
}
