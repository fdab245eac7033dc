import type { Inbox } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { findingWords } from '../../i18n/reason-words.ts';
import { ServerSaid } from './server-said.tsx';

/** What keeps an inbox from receiving or sending, and what to do about it. */
export function HealthTroubles({ health }: { health: Inbox['health'] }) {
  // Noted before there were findings, it has only its English; the next try says it anew.
  if (health.troubles.length === 0) return <p>{health.detail ?? t('inbox.failing')}</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {health.troubles.map(({ way, finding, values }) => <li key={way}><strong className="font-medium">{t(way === 'receiving' ? 'inbox.receives' : 'inbox.sends')}</strong> {findingWords(finding, values)}<ServerSaid said={values.said} /></li>)}
    </ul>
  );
}
