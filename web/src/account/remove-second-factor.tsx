import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionQuery } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';

export function RemoveSecondFactor({ onClose }: { onClose: () => void }) {
  const id = useId();
  const form = useForm({ password: '', code: '' }, { password: isFilled, code: isFilled });
  const remove = useMutation({
    mutationFn: ({ password, code }: { password: string; code: string }) => client.accounts.removeSecondFactor({ body: { password, code: code.trim() } }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      showToast(t('factor.removed'), { icon: 'check' });
      onClose();
    },
    onError: (error) => {
      if (isProblem(error, 'wrong_credentials')) form.fail('password', t('problem.wrongPassword'));
      else if (isProblem(error, 'wrong_code', 'invalid_request')) form.fail('code', t('problem.wrongCode'));
      else showTrouble(explain(error));
    },
  });
  return (
    <Dialog
      isOpen onClose={onClose} title={t('factor.removeTitle')} description={t('factor.removeLead')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" form={id} tone="danger" isBusy={remove.isPending}>{t('factor.remove')}</Button>
        </>
      }
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => remove.mutate(values))}>
        <Field label={t('security.current')} error={form.errors.password}><PasswordInput {...form.text('password')} autoFocus autoComplete="current-password" /></Field>
        <Field label={t('factor.removeCode')} error={form.errors.code}><Input {...form.text('code')} autoComplete="one-time-code" maxLength={20} dir="ltr" className="font-mono" /></Field>
      </form>
    </Dialog>
  );
}
