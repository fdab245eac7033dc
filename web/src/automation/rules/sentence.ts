import type { RuleCondition, RuleContent } from '@rapport/contract';
import { priorityWord, statusWord } from '../../cases/words.ts';
import { t } from '../../i18n/index.ts';
import { needsValue, type Names } from './names.ts';

export function conditionWords(condition: RuleCondition, names: Names): string {
  const options = names.choices(condition.fact, condition.fieldId);
  const fact = condition.fact === 'field' && condition.fieldId ? names.nameOf(condition.fieldId) : t(`rule.fact.${condition.fact}`);
  const values = needsValue(condition.test) ? condition.values.map((value) => options?.find((one) => one.value === value)?.label ?? `“${value}”`).join(t('rule.or')) : '';
  return `${fact} ${t(`rule.test.${condition.test}`)} ${values}`.trim();
}

function whenWords({ trigger }: RuleContent): string {
  if (trigger.on === 'time') return `${t(`rule.since.${trigger.since}`)} ${t('rule.span', { count: trigger.since === 'snooze' ? -trigger.hours : trigger.hours })}`;
  const fields = trigger.fields.map((field) => t(`rule.changed.${field}`)).join(', ');
  return `${t(`rule.event.${trigger.event}`)}${fields === '' ? '' : ` (${fields})`}`;
}

function thenWords({ actions }: RuleContent, names: Names): string {
  const nobody = t('macro.nobody');
  const parts: (string | false)[] = [
    actions.replyWith !== undefined && t('rule.do.replyWith', { to: names.nameOf(actions.replyWith) }), actions.status !== undefined && t('rule.do.status', { to: statusWord(actions.status) }), actions.priority !== undefined && t('rule.do.priority', { to: priorityWord(actions.priority) }),
    actions.kind !== undefined && t('rule.do.kind', { to: t(`kind.${actions.kind}`) }), actions.teamId !== undefined && t('rule.do.team', { to: actions.teamId === null ? t('macro.noTeam') : names.nameOf(actions.teamId) }),
    actions.assign !== undefined && t('rule.do.assign', { to: actions.assign === null ? nobody : actions.assign === 'round_robin' || actions.assign === 'least_open' ? t(`rule.assign.${actions.assign}`) : names.nameOf(actions.assign) }),
    actions.addTags !== undefined && t('rule.do.addTags', { to: actions.addTags.join(', ') }), actions.removeTags !== undefined && t('rule.do.removeTags', { to: actions.removeTags.join(', ') }), actions.fields !== undefined && t('rule.do.fields'),
    actions.snoozeHours !== undefined && t('rule.do.snooze', { to: t('rule.span', { count: actions.snoozeHours }) }), actions.note !== undefined && t('rule.do.note'), actions.notify !== undefined && t('rule.do.notify', { to: actions.notify.map(names.nameOf).join(', ') }), actions.addFollowers !== undefined && t('rule.do.addFollowers', { to: actions.addFollowers.map(names.nameOf).join(', ') }), actions.callWebhook !== undefined && t('rule.do.callWebhook', { to: names.nameOf(actions.callWebhook) }), actions.stop === true && t('rule.do.stop'),
  ];
  return parts.filter((part) => part !== false).join(', ') || t('rule.nothing');
}

/** A rule as one would say it. */
export function sentenceOf(content: RuleContent, names: Names): string {
  const groups = content.groups.filter((group) => group.conditions.length > 0).map((group) => {
    const list = group.conditions.map((condition) => conditionWords(condition, names));
    if (group.match === 'none') return t('rule.notAny', { list: list.join(t('rule.or')) });
    const said = list.join(group.match === 'all' ? t('rule.and') : t('rule.or'));
    return group.match === 'any' && list.length > 1 && content.groups.length > 1 ? `(${said})` : said;
  });
  const parts = { when: whenWords(content), then: thenWords(content, names) };
  return groups.length === 0 ? t('rule.sentence', parts) : t('rule.sentenceIf', { ...parts, if: groups.join(t('rule.and')) });
}
