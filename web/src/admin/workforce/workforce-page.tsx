import { useQuery } from '@tanstack/react-query';
import { explain } from '../../data/explain.ts';
import { useCan } from '../../data/session.ts';
import { workforceSettingsQuery } from '../../data/waiting.ts';
import { t } from '../../i18n/index.ts';
import { LoadState } from '../../ui/load-state.tsx';
import { Page } from '../../ui/page.tsx';
import { SettingsCard } from './settings-card.tsx';
import { SkillsCard } from './skills-card.tsx';

/** What agents know and how much at once they take. */
export function WorkforcePage() {
  const settings = useQuery(workforceSettingsQuery);
  const canSet = useCan('account.manage');
  return (
    <Page title={t('settings.workforce')} description={t('workforce.lead')}>
      <SkillsCard />
      {canSet && <LoadState query={settings} explain={explain}>{(saved) => <SettingsCard key={saved.version} settings={saved} />}</LoadState>}
    </Page>
  );
}
