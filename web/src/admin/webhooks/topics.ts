import type { WebhookTopic } from '@rapport/contract';
import type { PlainMessageId } from '../../i18n/index.ts';

/** What an endpoint can be told of, in the order of the form: first what happens to cases, then messages, then customers. */
export const topicWords: Record<WebhookTopic, PlainMessageId> = {
  'case.created': 'webhook.topic.caseCreated', 'case.changed': 'webhook.topic.caseChanged', 'case.moved': 'webhook.topic.caseMoved', 'case.linked': 'webhook.topic.caseLinked',
  'message.received': 'webhook.topic.messageReceived', 'message.queued': 'webhook.topic.messageQueued', 'delivery.changed': 'webhook.topic.deliveryChanged', 'note.added': 'webhook.topic.noteAdded',
  'promise.changed': 'webhook.topic.promiseChanged', 'promise.overdue': 'webhook.topic.promiseOverdue', 'sla.warned': 'webhook.topic.slaWarned', 'sla.breached': 'webhook.topic.slaBreached', 'survey.answered': 'webhook.topic.surveyAnswered', 'customer.changed': 'webhook.topic.customerChanged', 'customer.erased': 'webhook.topic.customerErased',
};
export const topicNames = Object.keys(topicWords) as WebhookTopic[];
