import type { ConnectionFinding, FindingValues } from '@rapport/contract';
import { readReason } from '@rapport/contract/reasons';
import { t } from './index.ts';

/** Every finding has a message of its own; each takes of the values what it needs. What the server itself said is not in it. */
export function findingWords(finding: ConnectionFinding, values: FindingValues): string {
  const { host = '', port = 0, security = 'none' } = values;
  return t(`check.found.${finding}` as 'check.found.says_nothing', { ...values, host, port, security });
}

/** Why a message fared as it did, in the reader's language where the sentence is ours; the words of others stand as they are. */
export function reasonWords(reason: string): string {
  const read = readReason(reason);
  if (!read) return reason;
  if ('finding' in read) return [findingWords(read.finding, read.values), read.values.said].filter(Boolean).join(' ');
  const { rest = '', said = '', domain = '', bytes = '' } = read.values;
  return t(`reason.${read.code}` as 'reason.given_up', { rest: rest && reasonWords(rest), said, domain, bytes } as { rest: string });
}
