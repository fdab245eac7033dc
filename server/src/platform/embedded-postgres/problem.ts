export type ProblemCode =
  | 'unsupported_platform'
  | 'programs_unusable'
  | 'no_user_to_run_as'
  | 'wrong_owner'
  | 'other_major_version'
  | 'not_a_database'
  | 'socket_unsafe'
  | 'unreachable'
  | 'disk_full'
  | 'start_failed';

/** The last sentence of every message: whatever is wrong with the built-in database, a server of one's own is a way on. */
export const WAY_OUT = 'Or set DATABASE_URL to a PostgreSQL server of your own (version 15 or newer).';

/**
 * Why the built-in database cannot run, in words for the person at the terminal: the message says what was found and
 * what to do about it. `code` is for programs and tests. Nobody on the network ever sees one of these.
 */
export class EmbeddedPostgresProblem extends Error {
  override name = 'EmbeddedPostgresProblem';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string, options?: ErrorOptions) {
    super(`${message} ${WAY_OUT}`, options);
    this.code = code;
  }
}

const DISK_FULL = /No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/;

/**
 * Turns what a PostgreSQL program (or the file system) said on its way down into a problem a person can act on.
 * `said` is quoted at most in its last lines: the reason stands at the end.
 */
export function problemFrom(doing: string, said: string, place: string): EmbeddedPostgresProblem {
  const last = said.trim().split('\n').slice(-6).join('\n');
  if (DISK_FULL.test(said)) {
    return new EmbeddedPostgresProblem(
      'disk_full',
      `${doing} failed because the disk that holds ${place} is full. Nothing already saved is lost: free some space (at least 200 MB) and start again.`,
    );
  }
  return new EmbeddedPostgresProblem('start_failed', `${doing} failed in ${place}. PostgreSQL said:\n${last || '(nothing)'}\n`);
}
