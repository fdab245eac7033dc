// The state codes of PostgreSQL for broken constraints.
const CODES = { unique: '23505', 'foreign-key': '23503' } as const;

/** Whether a statement failed because it would have broken a constraint of this kind; the transaction is then lost. */
export function isViolation(error: unknown, kind: keyof typeof CODES): boolean {
  return (error as { code?: unknown } | null)?.code === CODES[kind];
}
