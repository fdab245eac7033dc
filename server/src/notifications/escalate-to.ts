import type { Reader } from './audience-store.ts';

/**
 * Of those whose role takes escalations the first step goes to the members of the case's team; the second, and the first where a team has none, to those who see every case.
 * Admins come last: only where there is nobody else.
 */
export function whomToEscalateTo(readers: readonly Reader[], step: number): Reader[] {
  const takers = readers.filter((reader) => reader.takesEscalations);
  const others = takers.filter((reader) => !reader.isAdmin);
  const leads = others.filter((reader) => reader.isMember);
  if (step === 1 && leads.length > 0) return leads;
  const overseers = others.filter((reader) => reader.seesAll);
  return overseers.length > 0 ? overseers : takers.filter((reader) => reader.isAdmin);
}
