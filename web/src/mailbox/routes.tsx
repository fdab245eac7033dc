import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../app/root.tsx';

const frame = createRoute({ getParentRoute: () => workspaceRoute, path: '/mailbox', component: lazyRouteComponent(() => import('./mailbox-page.tsx'), 'MailboxPage') });
const start = createRoute({ getParentRoute: () => frame, path: '/', component: lazyRouteComponent(() => import('./mailbox-start.tsx'), 'MailboxStart') });
const address = createRoute({ getParentRoute: () => frame, path: '$address', component: lazyRouteComponent(() => import('./mails-pane.tsx'), 'MailsPane') });

export const mailboxRoute = frame.addChildren([start, address]);
