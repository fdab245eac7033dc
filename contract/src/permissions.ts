/** What a role can hold. The words are `<noun>.<verb>`; reading cases is further narrowed by the role's case scope. */
export const permissions = {
  'case.read': 'See cases, within the scope of the role',
  'case.reply': 'Answer customers',
  'case.note': 'Write internal notes',
  'case.edit': 'Change status, priority, tags and snooze',
  'case.delete': 'Delete cases, see deleted ones and bring them back',
  'case.assign': 'Assign cases to agents and teams',
  'escalation.take': 'Be told of urgent cases and overdue promises that nobody looks after',
  'view.share': 'Share views with teams and with everyone',
  'macro.manage': 'Write saved replies and macros for teams and for everyone',
  'rule.manage': 'Write the rules that move cases by themselves',
  'survey.manage': 'Write surveys, by which customers are asked how it was',
  'service_level.manage': 'Write calendars of open hours and service policies',
  'customer.read': 'See customers',
  'customer.edit': 'Change customers',
  'customer.block': 'Block senders and take their mail again',
  'customer.erase': 'Erase one person for good',
  'customer.export': 'Make an archive of what is kept of one person',
  'agent.read': 'See colleagues and teams',
  'agent.manage': 'Invite, change and remove agents, teams and roles',
  'presence.manage': 'Set whether colleagues are there to work, and see when they were',
  'queue.manage': 'Set up queues, open and close them, and move what waits in them',
  'wall.read': 'See who waits and who does what',
  'inbox.manage': 'Set up inboxes',
  'ledger.read': 'See the message ledger',
  'report.read': 'See reports of the cases in scope',
  'report.agents': 'See reports by agent',
  'apikey.manage': 'Create and revoke API keys',
  'webhook.manage': 'Tell other systems of events',
  'import.run': 'Bring in cases from another help desk or a mailbox, and remove them again',
  'audit.read': 'Read the audit log',
  'account.manage': 'Change the company settings, fill and remove demo data',
} as const;

export type Permission = keyof typeof permissions;
export const permissionNames = Object.keys(permissions) as Permission[];

/** own: cases assigned to me. team: also those of my teams and those of no team yet. all: every case of the account. */
export const caseScopes = ['own', 'team', 'all'] as const;
export type CaseScope = (typeof caseScopes)[number];

const serving: Permission[] = ['case.read', 'case.reply', 'case.note', 'case.edit', 'case.assign', 'customer.read', 'customer.edit', 'customer.block', 'agent.read'];

/** The roles every account starts with; an account may add its own. */
export const builtInRoles = {
  agent: { permissions: serving, caseScope: 'team' },
  specialist: { permissions: serving, caseScope: 'team' },
  lead: { permissions: [...serving, 'presence.manage', 'wall.read', 'escalation.take', 'case.delete', 'view.share', 'macro.manage', 'ledger.read', 'report.read', 'report.agents'], caseScope: 'team' },
  supervisor: { permissions: [...serving, 'customer.erase', 'customer.export', 'presence.manage', 'queue.manage', 'wall.read', 'escalation.take', 'case.delete', 'view.share', 'macro.manage', 'rule.manage', 'survey.manage', 'service_level.manage', 'ledger.read', 'report.read', 'report.agents', 'audit.read', 'agent.manage'], caseScope: 'all' },
  admin: { permissions: permissionNames, caseScope: 'all' },
} as const satisfies Record<string, { permissions: readonly Permission[]; caseScope: CaseScope }>;
export type BuiltInRole = keyof typeof builtInRoles;
