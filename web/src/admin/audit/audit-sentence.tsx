import { Rich } from '../../i18n/rich.tsx';
import { sentences, type AuditRecord } from './audit-words.ts';

/** A record as a sentence. An action that is newer than our sentences is shown by its code. */
export function AuditSentence({ record }: { record: AuditRecord }) {
  const { actor, action, target } = record;
  const sentence = sentences[action];
  const strong = (text: string) => <bdi className="font-medium">{text}</bdi>;
  if (!sentence) return <>{strong(actor)} <code dir="ltr" className="font-mono text-sm text-ink-2">{action}</code> {target && strong(target)}</>;
  // Some sentences name nobody but the actor; a value too many does no harm.
  return <Rich id={sentence as 'audit.did.agentInvited'} values={{ actor, target: target ?? '–' }} parts={{ who: strong, whom: strong }} />;
}
