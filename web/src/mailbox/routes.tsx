import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { workspaceRoute } from '../app/root.tsx';

const frame = createRoute({ getParentRoute: () => workspaceRoute, path: '/mailbox', component: lazyPage(() => import('./mailbox-page.tsx'), 'MailboxPage') });
const start = createRoute({ getParentRoute: () => frame, path: '/', component: lazyPage(() => import('./mailbox-start.tsx'), 'MailboxStart') });
const address = createRoute({ getParentRoute: () => frame, path: '$address', component: lazyPage(() => import('./mails-pane.tsx'), 'MailsPane') });

export const mailboxRoute = frame.addChildren([start, address]);
