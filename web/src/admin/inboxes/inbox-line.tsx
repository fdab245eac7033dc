import { channelTraits, type Inbox } from '@rapport/contract';
import { Link } from '@tanstack/react-router';
import { t } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { storedOf } from './inbox-draft.ts';
import { HealthTroubles } from './health-troubles.tsx';
import { InboxHealth } from './inbox-health.tsx';

function Way({ icon, children }: { icon: IconName; children: string }) {
  return <span className="inline-flex min-w-0 items-center gap-1.5"><Icon name={icon} size={14} /><span className="min-w-0 break-words">{children}</span></span>;
}

export function InboxLine({ inbox, teamName }: { inbox: Inbox; teamName: string | undefined }) {
  const { inbound, outbound, aliases = [] } = storedOf(inbox);
  const isChat = channelTraits[inbox.channel].isLive;
  return (
    <li className="relative flex items-start gap-3.5 px-4 py-3.5 first:rounded-t-lg last:rounded-b-lg hover:bg-hover">
      <span className={`grid size-10 shrink-0 place-items-center rounded-full max-md:large-text:hidden ${inbox.isEnabled ? 'bg-accent-soft text-accent' : 'bg-hover text-ink-3'}`}><Icon name={isChat ? 'messages-square' : 'mail'} size={20} /></span>
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link to="/admin/inboxes/$inboxId" params={{ inboxId: inbox.id }} className="text-md font-semibold after:absolute after:inset-0">{inbox.name}</Link>
          {!isChat && <InboxHealth inbox={inbox} />}
        </p>
        <p className="break-words text-ink-2">{isChat ? t('inbox.channelHint.chat') : <bdi>{inbox.address}</bdi>}{aliases.length > 0 && <span className="text-ink-3"> {t('inbox.andAliases', { count: aliases.length })}</span>}</p>
        <p className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-3">
          {!isChat && <><Way icon="arrow-down">{inbound?.kind === 'imap' ? t('inbox.inImap', { host: inbound.imap?.host ?? '' }) : t('inbox.inListener')}</Way>
          <Way icon="arrow-up">{outbound?.kind === 'smtp' ? t('inbox.outSmtp', { host: outbound.smtp?.host ?? '' }) : t('inbox.outMailbox')}</Way></>}
          <Way icon="users">{teamName ?? t('inbox.noTeam')}</Way>
        </p>
        {inbox.isEnabled && inbox.health.state === 'failing' && <div className="mt-2 rounded-md bg-clay-soft px-2.5 py-1.5 text-sm text-clay"><HealthTroubles health={inbox.health} /></div>}
      </div>
      <Icon name="chevron-right" className="mt-3 text-ink-3 max-md:large-text:hidden" />
    </li>
  );
}
