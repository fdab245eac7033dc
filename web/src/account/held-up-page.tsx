import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionQuery, useSession } from '../data/session.ts';
import { signOut } from '../data/sign-out.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Entrance, EntranceHead } from '../ui/entrance.tsx';
import { showTrouble } from '../ui/toast.ts';
import { AddSecondFactor } from './add-second-factor.tsx';
import { hasPasskeys, isGivenUp, makePasskey } from './passkey-browser.ts';
import { ProofDialog } from './proof-dialog.tsx';

/** The time to set up a second factor is over: nothing else is open before one is there, or the one that is there has been used. */
export function HeldUpPage() {
  const { agent } = useSession();
  const [open, setOpen] = useState<'app' | 'proof'>();
  const [trouble, setTrouble] = useState<string>();
  const proof = useQuery({ queryKey: ['proof'], queryFn: ({ signal }) => client.signIn.proof({ signal }), staleTime: 0, gcTime: 0 });
  const hasFactor = agent.hasSecondFactor || (proof.data?.ways.some((way) => way === 'passkey' || way === 'code') ?? false);
  const goOn = () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
  const passkey = useMutation({ mutationFn: () => makePasskey(t('passkey.first')), onSuccess: goOn, onError: (error) => setTrouble(isGivenUp(error) ? undefined : explain(error)) });
  const leave = () => void signOut().then(() => location.assign('/sign-in'), (error: unknown) => showTrouble(explain(error)));
  return (
    <Entrance title={t('heldUp.title')} motto={t('entrance.motto')} corner={<LocaleSwitch />}>
      <EntranceHead title={t(hasFactor ? 'heldUp.useTitle' : 'heldUp.title')}>{t(hasFactor ? 'heldUp.useLead' : 'heldUp.lead')}</EntranceHead>
      <div className="flex flex-col gap-3">
        {trouble && <Banner tone="trouble" icon="circle-alert" className="rounded-md px-3!">{trouble}</Banner>}
        {hasFactor ? (
          <Button tone="primary" size="lg" icon="shield-check" onClick={() => setOpen('proof')}>{t('heldUp.use')}</Button>
        ) : (
          <>
            {hasPasskeys() && <Button tone="primary" size="lg" icon="key-round" isBusy={passkey.isPending} onClick={() => passkey.mutate()}>{t('heldUp.passkey')}</Button>}
            <Button size="lg" tone={hasPasskeys() ? 'plain' : 'primary'} icon="smartphone" onClick={() => setOpen('app')}>{t('heldUp.app')}</Button>
          </>
        )}
        <Button tone="quiet" icon="log-out" onClick={leave}>{t('command.signOut')}</Button>
      </div>
      {open === 'app' && <AddSecondFactor onClose={() => { setOpen(undefined); void goOn(); }} />}
      {open === 'proof' && <ProofDialog needs="second_factor" onDone={() => { setOpen(undefined); void goOn(); }} />}
    </Entrance>
  );
}
