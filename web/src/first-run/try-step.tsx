import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { caseAddress } from '../data/case-address.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { inboxesQuery } from '../data/people.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { EntranceHead } from '../ui/entrance.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { useIsPhone } from '../ui/use-media.ts';
import { forgetProgress, keepProgress, useProgress } from './progress.ts';
import { TestMail } from './test-mail.tsx';
import { TryList } from './try-list.tsx';

/** Everything works; the first customer is oneself. Write, answer, see the answer arrive. */
export function TryStep() {
  const router = useRouter();
  const isPhone = useIsPhone();
  const { customer, caseId, company } = useProgress();
  const inboxes = useQuery(inboxesQuery);
  const mails = useQuery({
    queryKey: ['mailbox', 'mails', customer ?? ''], queryFn: ({ signal }) => client.mailbox.listMails({ params: { address: customer ?? '' }, signal }), enabled: customer !== undefined, refetchInterval: 3000,
  });
  const answer = mails.data?.items.findLast((mail) => mail.direction === 'to_customer');
  const kept = useQuery({ queryKey: ['first-run', 'case', caseId], queryFn: ({ signal }) => client.cases.get({ params: { caseId: caseId ?? '' }, signal }), enabled: caseId !== undefined, retry: false });
  // The case may have been removed since, or the database begun anew: then the mail is simply written again.
  useEffect(() => {
    if (kept.error) keepProgress({ customer: undefined, caseId: undefined });
  }, [kept.error]);
  const write = useMutation({
    mutationFn: (body: { from: string; fromName: string; subject: string; text: string; inboxId: string }) => client.mailbox.write({ body }),
    onSuccess: (sent, body) => keepProgress({ customer: body.from, ...(sent.caseId ? { caseId: sent.caseId } : {}) }),
    onError: (error) => showTrouble(explain(error)),
  });
  const finish = (to: string) => {
    forgetProgress();
    router.history.push(to);
  };
  const openCase = () => {
    if (!kept.data) return;
    router.history.push(caseAddress(kept.data.number));
    // On a phone it would lie over the answer that is to be written.
    if (!isPhone) showToast(t('firstRun.answerNow'), { ms: 8000, icon: 'list-checks' });
  };
  const inbox = inboxes.data?.[0];
  return (
    <>
      <EntranceHead title={answer ? t('firstRun.arrivedTitle') : t('firstRun.tryTitle', { company })}>{t(answer ? 'firstRun.arrivedLead' : customer ? 'firstRun.answerLead' : 'firstRun.tryLead')}</EntranceHead>
      {customer ? (
        <TryList customer={customer} caseNumber={kept.data?.number} answer={answer?.text} onOpen={openCase} onMailbox={() => finish(`/mailbox/${encodeURIComponent(customer)}`)} />
      ) : (
        <TestMail to={inbox?.address} isBusy={write.isPending} onSend={(mail) => inbox && write.mutate({ ...mail, inboxId: inbox.id })} />
      )}
      <div className="mt-6 flex justify-center">
        <Button tone={answer ? 'primary' : 'quiet'} size={answer ? 'lg' : 'md'} className={answer ? 'w-full' : ''} onClick={() => finish('/cases/open')}>{t(answer ? 'firstRun.start' : 'firstRun.skip')}</Button>
      </div>
    </>
  );
}
