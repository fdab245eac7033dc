import { usePresence } from '../data/presence.ts';
import { useSession } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Banner } from '../ui/banner.tsx';

const nameList = (names: readonly string[]) => new Intl.ListFormat(document.documentElement.lang, { type: 'conjunction' }).format(names);

/** Who else has the case open, and loudly who writes: two answers to one customer are worse than none. */
export function PresenceLine({ caseId }: { caseId: string }) {
  const { agent } = useSession();
  const others = usePresence(caseId, agent.id);
  const typing = others.filter((person) => person.state === 'typing');
  const shown = typing.length > 0 ? typing : others;
  if (shown.length === 0) return null;
  const names = nameList(shown.map((person) => person.name));
  const faces = <span className="flex -space-x-1.5 rtl:space-x-reverse">{shown.slice(0, 4).map((person) => <Avatar key={person.agentId} name={person.name} size={20} className="ring-2 ring-surface" />)}</span>;
  if (typing.length === 0) return <div className="flex min-h-8 items-center gap-2 border-b border-line bg-surface px-4 text-sm text-ink-2">{faces}{t('presence.viewing', { names, count: shown.length })}</div>;
  return (
    <Banner tone="attention" className="border-b border-honey-line">
      <span className="flex items-center gap-2 font-medium">{faces}{t('presence.typing', { names, count: shown.length })}</span>
    </Banner>
  );
}
