import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { keepSession, sessionQuery } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { buttonLook } from '../ui/button.tsx';
import { Entrance } from '../ui/entrance.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { LinkExpired } from './link-expired.tsx';
import { keepTypedEmail } from './typed-email.ts';
import { takeBack } from './way-back.ts';

const route = getRouteApi('/sign-in/company');

/** Where the company's sign-in sends people back to. What it put into the address is used once and leaves the address at once. */
export function CompanyPage() {
  const { state, code, iss, error } = route.useSearch();
  const router = useRouter();
  const [trouble, setTrouble] = useState<unknown>();
  const isBegun = useRef(false);
  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    const back = takeBack();
    client.signIn.finishCompany({ body: { state: state ?? '', ...(code ? { code } : {}), ...(iss ? { iss } : {}), ...(error ? { error } : {}) } }).then(({ outcome, session, email }) => {
      if (outcome === 'password_needed') {
        keepTypedEmail(email ?? '');
        router.history.replace(`/sign-in?connect=1&next=${encodeURIComponent(back)}`);
        return;
      }
      if (session) keepSession(session);
      else void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      router.history.replace(back);
    }, setTrouble);
  }, [state, code, iss, error, router]);
  return (
    <Entrance title={t('company.title')} motto={t('entrance.motto')} corner={<LocaleSwitch />}>
      {trouble ? (
        <LinkExpired title={t('company.failedTitle')} action={<Link to="/sign-in" className={buttonLook('primary', 'lg')}>{t('signIn.back')}</Link>}>{explain(trouble)}</LinkExpired>
      ) : (
        <div aria-busy="true" className="flex flex-col gap-4"><p role="status" className="sr-only">{t('company.coming')}</p><Skeleton className="h-8 w-3/4" /><Skeleton className="h-4 w-full" /></div>
      )}
    </Entrance>
  );
}
