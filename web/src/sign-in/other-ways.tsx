import type { Session } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { hasPasskeys, isGivenUp, offersByItself, signInByPasskey } from '../account/passkey-browser.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { looksLikeEmail } from '../ui/checks.ts';
import { keepBack } from './way-back.ts';

const PAUSE_MS = 400;

/** Passkeys, which the browser also offers in the e-mail field by itself, and the company's own sign-in when the address is of its domain. */
export function OtherWays({ email, next, onEnter }: { email: string; next: string | undefined; onEnter: (session: Session) => void }) {
  const passkey = useMutation({ mutationFn: signInByPasskey, onSuccess: onEnter });
  const { mutate } = passkey;
  useEffect(() => {
    let isHere = true;
    void offersByItself().then((does) => does && isHere && mutate(true));
    return () => {
      isHere = false;
    };
  }, [mutate]);

  const [settled, setSettled] = useState(email);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(email.trim().toLowerCase()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [email]);
  const domain = looksLikeEmail(settled) ? settled.split('@').at(-1) : undefined;
  // The server looks at the domain alone, so that is all it is told while somebody types.
  const companies = useQuery({ queryKey: ['ways', domain], queryFn: ({ signal }) => client.signIn.ways({ body: { email: `somebody@${domain}` }, signal }), enabled: domain !== undefined, staleTime: 60_000 }).data?.companies ?? [];
  const company = useMutation({
    mutationFn: (accountId: string) => client.signIn.startCompany({ body: { accountId, email: email.trim() } }),
    onSuccess: ({ url }) => {
      keepBack(next);
      location.assign(url);
    },
  });
  const trouble = company.error ?? (passkey.error && !isGivenUp(passkey.error) ? passkey.error : null);
  if (!hasPasskeys() && companies.length === 0 && !trouble) return null;
  return (
    <div className="mt-5 flex flex-col gap-3 border-t border-line pt-5">
      {trouble && <Banner tone="trouble" icon="circle-alert" className="rounded-md px-3!">{explain(trouble)}</Banner>}
      {companies.map((each) => <Button key={each.accountId} size="lg" icon="building-2" isBusy={company.isPending} onClick={() => company.mutate(each.accountId)}>{t('company.enter', { name: each.name })}</Button>)}
      {hasPasskeys() && <Button size="lg" icon="key-round" isBusy={passkey.isPending && passkey.variables === false} onClick={() => mutate(false)}>{t('passkey.enter')}</Button>}
    </div>
  );
}
