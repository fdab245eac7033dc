import type { Role, SignInPolicy } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { sessionQuery } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { roleName } from '../roles/role-words.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
const idles = [30, HOUR, 4 * HOUR, 12 * HOUR, DAY, 7 * DAY, 14 * DAY, 30 * DAY];
const lives = [12 * HOUR, DAY, 7 * DAY, 30 * DAY, 90 * DAY, 180 * DAY];
const graces = [0, 1, 3, 7, 14, 30];
const counts = ['1', '2', '3', '5', '10', ''];

const span = (minutes: number) => (minutes % DAY === 0 ? t('policy.days', { count: minutes / DAY }) : minutes % HOUR === 0 ? t('policy.hours', { count: minutes / HOUR }) : t('policy.minutes', { count: minutes }));
/** The usual values, and the one that is set if it is another. */
const spans = (usual: number[], set: number) => [...new Set([...usual, set])].sort((a, b) => a - b).map((minutes) => ({ value: String(minutes), label: span(minutes) }));

/** Which roles need a second factor, and how long sessions last. */
export function PolicyCard({ policy, roles }: { policy: SignInPolicy; roles: readonly Role[] }) {
  const form = useForm({ ...policy });
  const { values } = form;
  const save = useMutation({
    mutationFn: (body: SignInPolicy) => client.signIn.setPolicy({ body }),
    onSuccess: (saved) => {
      queryClient.setQueryData(['sign-in-policy'], saved);
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      form.restart(saved);
      showToast(t('ui.saved'), { icon: 'check' });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  const most = values.mostSessions === null ? '' : String(values.mostSessions);
  return (
    <form ref={form.ref} noValidate onSubmit={form.onSubmit((all) => save.mutate(all))}>
      <Card title={t('policy.title')} description={t('policy.lead')} footer={<Button type="submit" tone="primary" isBusy={save.isPending} disabled={!form.isDirty}>{t('ui.save')}</Button>}>
        <fieldset className="mb-5 flex flex-col gap-2">
          <legend className="mb-1.5 text-sm font-medium">{t('policy.roles')}</legend>
          {roles.map((role) => (
            <Checkbox
              key={role.id} isChecked={values.secondFactorRoleIds.includes(role.id)} label={roleName(role)}
              onChange={(isOn) => form.set('secondFactorRoleIds', isOn ? [...values.secondFactorRoleIds, role.id] : values.secondFactorRoleIds.filter((id) => id !== role.id))}
            />
          ))}
        </fieldset>
        <div className="grid max-w-2xl gap-4 md:grid-cols-2">
          <Field label={t('policy.grace')} hint={t('policy.graceHint')}>
            <Select value={String(values.graceDays)} options={[...new Set([...graces, values.graceDays])].map((days) => ({ value: String(days), label: days === 0 ? t('policy.atOnce') : t('policy.days', { count: days }) }))} onChange={(days) => form.set('graceDays', Number(days))} />
          </Field>
          <Field label={t('policy.most')} hint={t('policy.mostHint')}>
            <Select value={most} options={[...new Set([...counts, most])].map((count) => ({ value: count, label: count || t('policy.noLimit') }))} onChange={(count) => form.set('mostSessions', count === '' ? null : Number(count))} />
          </Field>
          <Field label={t('policy.idle')} hint={t('policy.idleHint')}><Select value={String(values.idleMinutes)} options={spans(idles, values.idleMinutes)} onChange={(minutes) => form.set('idleMinutes', Number(minutes))} /></Field>
          <Field label={t('policy.longest')} hint={t('policy.longestHint')}><Select value={String(values.longestMinutes)} options={spans(lives, values.longestMinutes)} onChange={(minutes) => form.set('longestMinutes', Number(minutes))} /></Field>
        </div>
      </Card>
    </form>
  );
}
