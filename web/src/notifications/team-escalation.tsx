import type { TeamEscalation as Rule } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { escalationQuery } from '../data/notifications.ts';
import { queryClient } from '../data/query-client.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Switch } from '../ui/switch.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';

const minutes = (text: string) => Math.min(10_080, Math.max(1, Math.round(Number(text)) || 1));

function Form({ teamId, saved }: { teamId: string; saved: Rule }) {
  const [rule, setRule] = useState(saved);
  const save = useMutation({
    mutationFn: () => client.notifications.setEscalation({ params: { teamId }, body: rule }),
    onSuccess: (next) => {
      queryClient.setQueryData(escalationQuery(teamId).queryKey, next);
      showToast(t('ui.saved'), { icon: 'check' });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <fieldset className="flex flex-col gap-3 border-t border-line pt-4">
      <legend className="sr-only">{t('escalation.title')}</legend>
      <Switch isOn={rule.afterMinutes !== null} onChange={(isOn) => setRule(isOn ? { afterMinutes: 15, thenMinutes: 30 } : { afterMinutes: null, thenMinutes: null })} label={t('escalation.on')} />
      <p className="text-sm text-ink-3">{t('escalation.lead')}</p>
      {rule.afterMinutes !== null && (
        <div className="flex flex-wrap gap-4">
          <Field className="w-40" label={t('escalation.after')}><Input type="number" min={1} max={10_080} value={rule.afterMinutes} onChange={(event) => setRule({ ...rule, afterMinutes: minutes(event.target.value) })} /></Field>
          <Field className="w-40" label={t('escalation.then')}><Input type="number" min={1} max={10_080} value={rule.thenMinutes ?? ''} onChange={(event) => setRule({ ...rule, thenMinutes: event.target.value === '' ? null : minutes(event.target.value) })} /></Field>
        </div>
      )}
      <div><Button isBusy={save.isPending} onClick={() => save.mutate()}>{t('escalation.save')}</Button></div>
    </fieldset>
  );
}

/** Whom to tell when nobody looks at what is urgent. */
export function TeamEscalation({ teamId }: { teamId: string }) {
  const saved = useQuery(escalationQuery(teamId)).data;
  return saved ? <Form teamId={teamId} saved={saved} /> : null;
}
