import { useQuery } from '@tanstack/react-query';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { LoadState } from '../../ui/load-state.tsx';
import { Page } from '../../ui/page.tsx';
import { rolesQuery } from '../queries.ts';
import { CompanySignInCard } from './company-sign-in-card.tsx';
import { PolicyCard } from './policy-card.tsx';

export const policyQuery = { queryKey: ['sign-in-policy'], queryFn: ({ signal }: { signal: AbortSignal }) => client.signIn.getPolicy({ signal }) };
export const companyQuery = { queryKey: ['company-sign-in'], queryFn: ({ signal }: { signal: AbortSignal }) => client.signIn.getCompany({ signal }) };

/** How everybody of the account signs in: the company's own sign-in, second factors, how long a session lasts. */
export function AdminSignInPage() {
  const policy = useQuery(policyQuery);
  const company = useQuery(companyQuery);
  const roles = useQuery(rolesQuery).data ?? [];
  return (
    <Page title={t('settings.signIn')} description={t('adminSignIn.lead')}>
      <LoadState query={policy} explain={explain}>{(known) => <PolicyCard key={roles.length} policy={known} roles={roles} />}</LoadState>
      <LoadState query={company} explain={explain}>{(known) => <CompanySignInCard company={known.company} redirectUrl={known.redirectUrl} roles={roles} />}</LoadState>
    </Page>
  );
}
