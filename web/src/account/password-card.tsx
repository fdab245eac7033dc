import { useMutation } from '@tanstack/react-query';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { useSession } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isFilled, isNewPassword } from '../ui/checks.ts';
import { Field } from '../ui/field.tsx';
import { Card } from '../ui/page.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';
import { sessionsQuery } from './sessions-query.ts';

const empty = { current: '', next: '' };

export function PasswordCard() {
  const { agent } = useSession();
  const form = useForm(empty, { current: isFilled, next: isNewPassword });
  const change = useMutation({
    mutationFn: (body: typeof empty) => client.accounts.changePassword({ body }),
    onSuccess: () => {
      form.restart(empty);
      showToast(t('security.passwordChanged'), { icon: 'check' });
      void queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
    onError: (error) => {
      if (isProblem(error, 'wrong_credentials')) form.fail('current', t('problem.wrongPassword'));
      else if (isProblem(error, 'weak_password')) form.fail('next', explain(error));
      else showTrouble(explain(error));
    },
  });
  return (
    <form ref={form.ref} noValidate onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Card title={t('security.password')} description={t('security.passwordLead')} footer={<Button type="submit" tone="primary" isBusy={change.isPending} disabled={!form.isDirty}>{t('security.passwordDo')}</Button>}>
        <input type="email" value={agent.email} readOnly hidden autoComplete="username" />
        <div className="grid max-w-xl gap-4 md:grid-cols-2">
          <Field label={t('security.current')} error={form.errors.current}><PasswordInput {...form.text('current')} autoComplete="current-password" /></Field>
          <Field label={t('password.new')} hint={t('password.hint')} error={form.errors.next}><PasswordInput {...form.text('next')} autoComplete="new-password" /></Field>
        </div>
      </Card>
    </form>
  );
}
