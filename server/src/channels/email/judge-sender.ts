import type { Authenticity } from '@rapport/contract';

export const domainOf = (address: string | undefined): string | null => {
  const at = address?.lastIndexOf('@') ?? -1;
  return at < 0 ? null : address!.slice(at + 1).toLowerCase().replace(/\.$/, '') || null;
};

interface Findings extends Omit<Authenticity, 'verdict'> {
  /** Whether the valid signature, or the server that may send, is of the domain in From. */
  dkimAligned: boolean;
  spfAligned: boolean;
}

/**
 * What the findings mean for the person who reads. bad is said only where the domain itself wants such mail refused or set aside: a domain that asks for nothing
 * (p=none) is still finding out, and mailing lists break its signatures every day.
 */
export function judgeSender({ dkimAligned, spfAligned, ...facts }: Findings): Authenticity {
  const isVouched = facts.dmarc === 'pass' || (facts.dmarc === 'none' && (dkimAligned || spfAligned));
  const isDisowned = facts.dmarc === 'fail' && (facts.policy === 'reject' || facts.policy === 'quarantine');
  return { verdict: isVouched ? 'good' : isDisowned ? 'bad' : 'unknown', ...facts };
}
