import type { CaseLink } from '@rapport/contract';

/** The parts of a case that are still to be done. */
export const openParts = (links: readonly CaseLink[] | undefined): CaseLink[] =>
  (links ?? []).filter(({ role, other }) => role === 'has_part' && other.status !== 'resolved' && other.status !== 'closed' && other.shelf !== 'spam' && other.shelf !== 'deleted');
