import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { savedSearchesQuery } from '../data/saved-searches.ts';
import { t } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';

const SHOWN = 6;
const look = 'flex h-8 items-center gap-2.5 rounded-md px-2 text-base text-ink-2 transition-colors duration-120 hover:bg-hover hover:text-ink max-md:h-11';

/** The searches that this agent saved, beside the lists of cases. */
export function SavedLinks() {
  const saved = useQuery(savedSearchesQuery).data ?? [];
  if (saved.length === 0) return null;
  return (
    <section aria-labelledby="saved-links" className="mb-4">
      <h2 id="saved-links" className="px-2 pb-1 text-xs font-semibold text-ink-3">{t('search.saved')}</h2>
      <ul className="flex flex-col gap-px">
        {saved.slice(0, SHOWN).map((one) => <li key={one.id}><Link to="/search" search={{ q: one.q }} title={one.q} className={look}><Icon name="search" className="text-ink-3" /><bdi className="min-w-0 grow truncate">{one.name}</bdi></Link></li>)}
        {saved.length > SHOWN && <li><Link to="/search" search={{}} className={look}><Icon name="ellipsis" className="text-ink-3" /><span className="min-w-0 grow truncate">{t('search.allSaved')}</span></Link></li>}
      </ul>
    </section>
  );
}
