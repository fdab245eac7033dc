import type { Permission } from '@rapport/contract';
import { can, useSession } from '../data/session.ts';
import type { PlainMessageId } from '../i18n/index.ts';
import type { IconName } from '../ui/icon-names.ts';

export interface SettingsPlace {
  to: string;
  icon: IconName;
  message: PlainMessageId;
  needs?: Permission;
}

/** The index of the settings: first what belongs to oneself, then what belongs to the company. */
export const settingsGroups: readonly { message: PlainMessageId; places: readonly SettingsPlace[] }[] = [
  {
    message: 'settings.you',
    places: [
      { to: '/account/profile', icon: 'circle-user-round', message: 'settings.profile' },
      { to: '/account/security', icon: 'lock', message: 'settings.security' },
      { to: '/account/notifications', icon: 'bell', message: 'settings.notifications', needs: 'case.read' },
      { to: '/account/appearance', icon: 'palette', message: 'settings.appearance' },
    ],
  },
  {
    message: 'settings.company',
    places: [
      { to: '/admin/inboxes', icon: 'at-sign', message: 'settings.inboxes', needs: 'inbox.manage' },
      { to: '/admin/macros', icon: 'message-square-text', message: 'settings.macros', needs: 'case.note' },
      { to: '/admin/rules', icon: 'zap', message: 'settings.rules', needs: 'rule.manage' },
      { to: '/admin/queues', icon: 'layers', message: 'settings.queues', needs: 'queue.manage' },
      { to: '/admin/service-levels', icon: 'flag', message: 'settings.serviceLevels', needs: 'service_level.manage' },
      { to: '/admin/calendars', icon: 'clock', message: 'settings.calendars', needs: 'service_level.manage' },
      { to: '/admin/surveys', icon: 'smile', message: 'settings.surveys', needs: 'survey.manage' },
      { to: '/admin/people', icon: 'user-round', message: 'settings.people', needs: 'agent.read' },
      { to: '/admin/teams', icon: 'users', message: 'settings.teams', needs: 'agent.read' },
      { to: '/admin/workforce', icon: 'badge-check', message: 'settings.workforce', needs: 'agent.manage' },
      { to: '/admin/roles', icon: 'shield-check', message: 'settings.roles', needs: 'agent.manage' },
      { to: '/admin/sign-in', icon: 'lock', message: 'settings.signIn', needs: 'account.manage' },
      { to: '/admin/fields', icon: 'list-checks', message: 'settings.fields', needs: 'account.manage' },
      { to: '/admin/api-keys', icon: 'key-round', message: 'settings.apiKeys', needs: 'apikey.manage' },
      { to: '/admin/webhooks', icon: 'webhook', message: 'settings.webhooks', needs: 'webhook.manage' },
      { to: '/admin/imports', icon: 'upload', message: 'settings.imports', needs: 'import.run' },
      { to: '/admin/retention', icon: 'hourglass', message: 'settings.retention', needs: 'account.manage' },
      { to: '/admin/audit', icon: 'history', message: 'settings.audit', needs: 'audit.read' },
      { to: '/admin/company', icon: 'building-2', message: 'settings.account', needs: 'account.manage' },
    ],
  },
  { message: 'settings.try', places: [{ to: '/mailbox', icon: 'mailbox', message: 'settings.mailbox', needs: 'account.manage' }] },
];

/** The part of the index that the signed-in agent may use. */
export function useSettingsGroups() {
  const session = useSession();
  return settingsGroups.map((group) => ({ ...group, places: group.places.filter((place) => !place.needs || can(session, place.needs)) })).filter((group) => group.places.length > 0);
}
