import { Refusal } from '../../platform/refusal.ts';

// SQLSTATE classes that say the statement itself cannot be done, now or later: data exceptions, constraints, syntax, limits, features, internal faults.
const LASTING = /^(0A|22|23|42|44|54|P0|XX)/;

/**
 * Whether trouble with a mail lies in the house (database down, disk full, store unreachable) and goes away by itself. Then the sender is
 * asked to come again. What is not temporary lies in the mail or in our code, and would happen each time.
 */
export function isTemporary(error: unknown): boolean {
  if (error instanceof Refusal) return error.code === 'unavailable' || error.code === 'stopping';
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError || error instanceof SyntaxError) return false;
  const code = (error as { code?: unknown } | null)?.code;
  return !(typeof code === 'string' && code.length === 5 && LASTING.test(code));
}
