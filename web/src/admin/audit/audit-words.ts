import type { Endpoints, ResponseOf } from '@rapport/contract';
import type { MessageId } from '../../i18n/index.ts';

export type AuditRecord = ResponseOf<Endpoints['accounts']['listAudit']>['items'][number];

/** The sentences for what the server writes down. All of them name the actor, most of them whom or what it was done to. */
export const sentences: Partial<Record<string, Extract<MessageId, `audit.did.${string}`>>> = {
  'report.exported': 'audit.did.reportExported', 'report.rows_exported': 'audit.did.reportRowsExported',
  'view.shared': 'audit.did.viewShared', 'view.changed': 'audit.did.viewChanged', 'view.removed': 'audit.did.viewRemoved',
  'account.founded': 'audit.did.accountFounded', 'account.changed': 'audit.did.accountChanged', 'account.time_zone_changed': 'audit.did.timeZoneChanged', 'profile.changed': 'audit.did.profileChanged',
  'sign_in.succeeded': 'audit.did.signedIn', 'sign_out.succeeded': 'audit.did.signedOut', 'session.ended': 'audit.did.sessionEnded',
  'password.changed': 'audit.did.passwordChanged', 'password.reset_requested': 'audit.did.resetRequested', 'password.reset_link_handed_out': 'audit.did.linkHandedOut', 'password.reset': 'audit.did.passwordReset',
  'second_factor.switched_on': 'audit.did.factorOn', 'second_factor.switched_off': 'audit.did.factorOff', 'second_factor.lifted': 'audit.did.factorLifted',
  'workforce.changed': 'audit.did.workforceChanged', 'skill.created': 'audit.did.skillCreated', 'skill.changed': 'audit.did.skillChanged', 'skill.removed': 'audit.did.skillRemoved', 'agent.skills_changed': 'audit.did.skillsChanged',
  'agent.invited': 'audit.did.agentInvited', 'agent.joined': 'audit.did.agentJoined', 'agent.changed': 'audit.did.agentChanged', 'agent.disabled': 'audit.did.agentDisabled', 'agent.enabled': 'audit.did.agentEnabled',
  'team.created': 'audit.did.teamCreated', 'team.changed': 'audit.did.teamChanged', 'team.removed': 'audit.did.teamRemoved',
  'role.created': 'audit.did.roleCreated', 'role.changed': 'audit.did.roleChanged', 'role.removed': 'audit.did.roleRemoved',
  'passkey.added': 'audit.did.passkeyAdded', 'passkey.removed': 'audit.did.passkeyRemoved', 'sign_in.proved_again': 'audit.did.provedAgain', 'sign_in_policy.changed': 'audit.did.policyChanged',
  'company_sign_in.set_up': 'audit.did.companySetUp', 'company_sign_in.removed': 'audit.did.companyRemoved', 'company_sign_in.linked': 'audit.did.companyLinked', 'company_sign_in.unlinked': 'audit.did.companyUnlinked',
  'chat.key_added': 'audit.did.chatKeyAdded', 'chat.key_removed': 'audit.did.chatKeyRemoved',
  'webhook.created': 'audit.did.webhookCreated', 'webhook.changed': 'audit.did.webhookChanged', 'webhook.removed': 'audit.did.webhookRemoved', 'webhook.secret_changed': 'audit.did.webhookSecret', 'webhook.turned_off': 'audit.did.webhookOff', 'webhook.stopped': 'audit.did.webhookStopped',
  'rule.created': 'audit.did.ruleCreated', 'rule.changed': 'audit.did.ruleChanged', 'rule.removed': 'audit.did.ruleRemoved', 'rule.reordered': 'audit.did.ruleReordered', 'rule.switched_off': 'audit.did.ruleSwitchedOff',
  'queue.created': 'audit.did.queueCreated', 'queue.changed': 'audit.did.queueChanged', 'queue.opened': 'audit.did.queueOpened', 'queue.closed': 'audit.did.queueClosed', 'queue.removed': 'audit.did.queueRemoved', 'queue.restored': 'audit.did.queueRestored',
  'import.created': 'audit.did.importCreated', 'import.started': 'audit.did.importStarted', 'import.stopped': 'audit.did.importStopped', 'import.removed': 'audit.did.importRemoved',
  'case.deleted': 'audit.did.caseDeleted', 'case.restored': 'audit.did.caseRestored', 'case.purged': 'audit.did.casePurged',
  'customer.erased': 'audit.did.customerErased', 'customer.erasure_started': 'audit.did.erasureStarted', 'customer.merged': 'audit.did.customerMerged', 'customer.unmerged': 'audit.did.customerUnmerged',
  'customer.export_started': 'audit.did.exportStarted', 'customer.export_downloaded': 'audit.did.exportDownloaded', 'customer.export_removed': 'audit.did.exportRemoved',
  'retention.changed': 'audit.did.retentionChanged', 'retention.ran': 'audit.did.retentionRan',
  'calendar.created': 'audit.did.calendarCreated', 'calendar.changed': 'audit.did.calendarChanged', 'calendar.removed': 'audit.did.calendarRemoved', 'calendar.restored': 'audit.did.calendarRestored',
  'survey.created': 'audit.did.surveyCreated', 'survey.changed': 'audit.did.surveyChanged', 'survey.removed': 'audit.did.surveyRemoved', 'survey.restored': 'audit.did.surveyRestored',
  'service_policy.created': 'audit.did.policyCreated', 'service_policy.changed': 'audit.did.servicePolicyChanged', 'service_policy.removed': 'audit.did.policyRemoved', 'service_policy.restored': 'audit.did.policyRestored', 'service_policy.ordered': 'audit.did.policiesOrdered',
  'sender.blocked': 'audit.did.senderBlocked', 'sender.unblocked': 'audit.did.senderUnblocked', 'inbox.created': 'audit.did.inboxCreated', 'inbox.changed': 'audit.did.inboxChanged',
  'api_key.created': 'audit.did.keyCreated', 'api_key.revoked': 'audit.did.keyRevoked',
};
