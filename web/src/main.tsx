import { createRoot } from 'react-dom/client';
import './ui/app.css';
import { App } from './app/app.tsx';
import { followReleases } from './app/new-release.ts';
import { endStartSign } from './app/start-sign.ts';
import { queryClient } from './data/query-client.ts';
import { sessionQuery } from './data/session.ts';
import { preferredLocale, showLocale } from './i18n/index.ts';

followReleases();
endStartSign();
// Both are on their way at once; the workspace route waits for the session again and handles its refusal.
void queryClient.prefetchQuery(sessionQuery);
await showLocale(preferredLocale());
createRoot(document.getElementById('root')!).render(<App />);
