import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { t } from '../i18n/index.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { useIsPhone } from '../ui/use-media.ts';
import { useSession, can } from '../data/session.ts';
import { settingsGroups, useSettingsGroups } from './settings-places.ts';

/** The pages of the settings by name. On a phone it is a page of its own, beside them otherwise. */
export function SettingsIndex({ isPage = false }: { isPage?: boolean }) {
  const groups = useSettingsGroups();
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <nav aria-label={t('settings.title')} className={isPage ? 'w-full overflow-y-auto px-3 py-4' : 'w-58 shrink-0 overflow-y-auto border-e border-line px-2 py-4'}>
      <Heading className={isPage ? 'px-3 pb-3 text-lg font-semibold' : 'px-3 pb-3 text-md font-semibold'}>{t('settings.title')}</Heading>
      {groups.map((group) => (
        <div key={group.message} className="mb-4">
          <p className="px-3 pb-1 text-xs font-medium text-ink-3">{t(group.message)}</p>
          <ul aria-label={t(group.message)}>
            {group.places.map((place) => (
              <li key={place.to}>
                <Link
                  to={place.to} activeProps={{ 'aria-current': 'page', className: 'bg-surface font-semibold text-ink shadow-lift' }} inactiveProps={{ className: 'text-ink-2 hover:bg-hover hover:text-ink' }}
                  className={`flex items-center gap-2.5 rounded-md px-3 ${isPage ? 'min-h-11 py-1.5 text-md' : 'min-h-8 py-1 text-base'}`}
                >
                  <Icon name={place.icon} size={isPage ? 18 : 16} />
                  <span className="min-w-0 grow hyphens-auto">{t(place.message)}</span>
                  {isPage && <Icon name="chevron-right" className="text-ink-3 large-text:hidden" />}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

export function SettingsFrame() {
  const isPhone = useIsPhone();
  const session = useSession();
  const path = useLocation({ select: (location) => location.pathname });
  const place = settingsGroups.flatMap((group) => group.places).find((candidate) => path === candidate.to || path.startsWith(`${candidate.to}/`));
  const isAllowed = !place?.needs || can(session, place.needs);
  const isIndex = /^\/(admin|account)\/?$/.test(path);
  return (
    <div className="flex min-w-0 grow bg-canvas">
      {!isPhone && <SettingsIndex />}
      <div className="flex min-w-0 grow flex-col">
        {isPhone && !isIndex && (
          <Link to="/admin" className="flex h-11 shrink-0 items-center gap-1.5 border-b border-line px-3 text-base font-medium text-ink-2"><Icon name="chevron-left" />{t('settings.title')}</Link>
        )}
        <div className="flex min-h-0 grow">
          {isAllowed ? <Outlet /> : <EmptyState isPage icon="lock" title={t('settings.notYours')}>{t('problem.notAllowed')}</EmptyState>}
        </div>
      </div>
    </div>
  );
}
