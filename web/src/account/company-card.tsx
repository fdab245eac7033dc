import { useMutation, useQuery } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { t } from '../i18n/index.ts';
import { keepBack } from '../sign-in/way-back.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/page.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';

const queryKey = ['company-link'];

/** Whether the company's own sign-in leads to this person; shown only where the company has one. */
export function CompanyCard() {
  const company = useQuery({ queryKey, queryFn: ({ signal }) => client.signIn.companyLink({ signal }) }).data?.company;
  const link = useMutation({
    mutationFn: () => client.signIn.startCompanyLink(),
    onSuccess: ({ url }) => {
      keepBack(location.pathname);
      location.assign(url);
    },
    onError: (error) => showTrouble(explain(error)),
  });
  const unlink = useMutation({
    mutationFn: () => client.signIn.unlinkCompany(),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey });
      showToast(t('company.unlinked'), { icon: 'check' });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  if (!company) return null;
  const { name, email } = company;
  return (
    <Card
      title={name} description={email === null ? t('company.linkLead') : t('company.linkedAs', { email })}
      actions={email === null ? <Button icon="link" isBusy={link.isPending} onClick={() => link.mutate()}>{t('company.link')}</Button> : <Button isBusy={unlink.isPending} onClick={() => unlink.mutate()}>{t('company.unlink')}</Button>}
    />
  );
}
