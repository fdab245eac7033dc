import { Navigate } from '@tanstack/react-router';
import { SettingsIndex } from '../app/settings-frame.tsx';
import { useSettingsGroups } from '../app/settings-places.ts';
import { t } from '../i18n/index.ts';
import { useIsPhone } from '../ui/use-media.ts';
import { useTitle } from '../ui/use-title.ts';

/** On a phone the index of the settings; with more room it stands at the side anyway, so the first page is opened. */
export function StartPage() {
  const isPhone = useIsPhone();
  const groups = useSettingsGroups();
  useTitle(t('settings.title'));
  if (isPhone) return <SettingsIndex isPage />;
  const first = groups.find((group) => group.message === 'settings.company')?.places[0]?.to ?? '/account/profile';
  return <Navigate to={first} replace />;
}
