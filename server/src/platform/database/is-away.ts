// SQLSTATE: no connections left, shut down, crashed, starting up, connection exceptions.
const AWAY = /^(53300|57P0[123]|08...)$/;
const BROKEN = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT']);
// The driver gives these no code: no connection of the pool was free in time, or the one in use went away.
const SAID = /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;

/** Whether the database could not be reached or had no connection to give, and the same request may pass in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as Error & { code?: unknown; syscall?: unknown };
  if (typeof code === 'string') return AWAY.test(code) || (BROKEN.has(code) && (syscall === 'connect' || syscall === 'read' || syscall === 'write'));
  return SAID.test(error.message);
}
