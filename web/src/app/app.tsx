import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { onSignedOut, queryClient } from '../data/query-client.ts';
import { sessionQuery } from '../data/session.ts';
import { currentLocale, onLocaleChange } from '../i18n/index.ts';
import { TooltipLayer } from '../ui/tooltip.tsx';
import { router } from './router.tsx';

export function App() {
  const locale = useSyncExternalStore(onLocaleChange, currentLocale);
  useEffect(() => onSignedOut(() => {
    // The guard of the workspace route asks anew and leads to the sign-in.
    queryClient.removeQueries({ queryKey: sessionQuery.queryKey });
    void router.invalidate();
  }), []);
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider key={locale} router={router} />
          <TooltipLayer />
        </QueryClientProvider>
      </DirectionProvider>
    </CSPProvider>
  );
}
