import { pino, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/**
 * Structured logs, one JSON object a line on stderr (stdout belongs to what a command answers).
 * Messages are constant, facts are fields. Message text, whole addresses, secrets and card data never go in.
 */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ['password', 'token', '*.password', '*.token', 'authorization', 'cookie'] }, pino.destination({ dest: 2, sync: true }));
}
