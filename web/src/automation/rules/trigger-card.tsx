import { ruleChangedFields, ruleEvents, ruleSpans, type RuleTrigger } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { Field, Input } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';

const ANY = 'any';

/** What a rule waits for. */
export function TriggerCard({ trigger, onChange }: { trigger: RuleTrigger; onChange: (trigger: RuleTrigger) => void }) {
  const options = [...ruleEvents.map((event): { value: string; label: string } => ({ value: event, label: t(`rule.event.${event}`) })), ...ruleSpans.map((since) => ({ value: since, label: `${t(`rule.since.${since}`)} …` }))];
  const pick = (value: string) => {
    const event = ruleEvents.find((one) => one === value);
    const since = ruleSpans.find((one) => one === value);
    if (event) onChange({ on: 'event', event, fields: [] });
    else if (since) onChange({ on: 'time', since, hours: since === 'snooze' ? -1 : 24 });
  };
  return (
    <Card title={t('rule.when')}>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label={t('rule.happens')}><Select<string> value={trigger.on === 'event' ? trigger.event : trigger.since} options={options} onChange={pick} ariaLabel={t('rule.happens')} /></Field>
        {trigger.on === 'time' && (
          <Field label={t('rule.hours')} hint={t('rule.hoursHint')}>
            <Input type="number" value={trigger.hours} min={trigger.since === 'snooze' || trigger.since === 'promise' ? -2160 : 1} max={trigger.since === 'snooze' ? -1 : 8760} onChange={(event) => onChange({ ...trigger, hours: Math.round(Number(event.target.value)) })} />
          </Field>
        )}
        {trigger.on === 'event' && trigger.event === 'case.changed' && (
          <Field label={t('rule.changes')}>
            <Select<string>
              value={trigger.fields[0] ?? ANY} options={[{ value: ANY, label: t('rule.anyChange') }, ...ruleChangedFields.map((field) => ({ value: field, label: t(`rule.changed.${field}`) }))]}
              onChange={(value) => onChange({ ...trigger, fields: ruleChangedFields.filter((field) => field === value) })} ariaLabel={t('rule.changes')}
            />
          </Field>
        )}
      </div>
    </Card>
  );
}
