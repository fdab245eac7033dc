import { importTroubles, type ImportTrouble } from '@rapport/contract';
import { isDatabaseAway } from '../platform/database/is-away.ts';
import { Refusal } from '../platform/refusal.ts';
import { DamagedUpload } from './pieces.ts';

interface Told {
  code?: unknown;
  name?: unknown;
  syscall?: unknown;
  $metadata?: { httpStatusCode?: number };
}

/** SQLSTATE: somebody else was in the way, no room for more, interrupted or going down. */
const PASSING_STATE = /^(40|53|57)...$|^55P03$/;
const PASSING_CODE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EMFILE', 'ENFILE', 'EAGAIN', 'EBUSY']);
const PASSING_NAME = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'SlowDown', 'ThrottlingException', 'NetworkingError']);

/** Whether the database or the store of files was out for a moment: the job is tried again, and taken up later if that is not enough. */
export function passes(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, name, $metadata: answer } = error as Told;
  const status = answer?.httpStatusCode ?? 0;
  return isDatabaseAway(error) || (typeof code === 'string' && (PASSING_STATE.test(code) || PASSING_CODE.has(code))) || PASSING_NAME.has(String(name)) || status >= 500 || status === 408 || status === 429;
}

/** What does not pass, in a word that tells a person what to do. */
export function troubleOf(error: unknown): ImportTrouble {
  if (error instanceof DamagedUpload) return 'upload_damaged';
  if (error instanceof Refusal && error.code === 'not_found') return 'inbox_gone';
  const { code, syscall, $metadata: answer } = (error ?? {}) as Told;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'store_full';
  if (typeof syscall === 'string' || answer !== undefined) return 'store_refuses';
  return 'unforeseen';
}

/** Whether nothing speaks for a cause outside of the record at hand: the others may still come in. */
export const isOfOneRecord = (error: unknown): boolean => !passes(error) && troubleOf(error) === 'unforeseen';

/** As it was stored, also by a release that stored other words. */
export const storedTrouble = (word: string | null): ImportTrouble | null => (word === null ? null : (importTroubles.find((each) => each === word) ?? 'unforeseen'));
