import { t } from '../i18n/index.ts';
import { Page } from '../ui/page.tsx';
import { CompanyCard } from './company-card.tsx';
import { PasskeysCard } from './passkeys-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';
import { SessionsCard } from './sessions-card.tsx';

export function SecurityPage() {
  return (
    <Page title={t('settings.security')} description={t('security.lead')}>
      <PasskeysCard />
      <SecondFactorCard />
      <PasswordCard />
      <CompanyCard />
      <SessionsCard />
    </Page>
  );
}
