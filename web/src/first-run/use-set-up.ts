import { useMutation } from '@tanstack/react-query';
import { client, isProblem } from '../data/client.ts';
import { queryClient } from '../data/query-client.ts';
import { keepSession, setupQuery } from '../data/session.ts';
import { chooseLocale, currentLocale, locales, type Locale } from '../i18n/index.ts';
import { keepPassword, keepProgress, readPassword, readProgress } from './progress.ts';
import { readSetupCode, refuseSetupCode } from './setup-code.ts';

/** The one call that founds everything: account, admin, inbox. Afterwards this browser is signed in. */
export function useSetUp() {
  return useMutation({
    mutationFn: () => {
      const { company, name, email, inboxAddress, isDemo } = readProgress();
      const locale = (currentLocale() in locales ? currentLocale() : 'en') as Locale;
      return client.setup.run({ body: { company, name, email, password: readPassword(), locale, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, fillDemo: isDemo, ...(readSetupCode() ? { code: readSetupCode() } : {}), ...(isDemo || !inboxAddress ? {} : { inboxAddress }) } });
    },
    onError: (error) => {
      if (!isProblem(error, 'setup_code_needed')) return;
      refuseSetupCode();
      keepProgress({ step: 'company' });
    },
    onSuccess: (session) => {
      keepPassword('');
      keepSession(session);
      queryClient.setQueryData(setupQuery.queryKey, (before) => ({ needsCode: false, isDemo: false, demoSignIn: null, ...before, isSetUp: true }));
      keepProgress({ step: 'try' });
      void chooseLocale(session.agent.locale);
    },
  });
}
