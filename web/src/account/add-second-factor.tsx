import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionQuery } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { CopyLine } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Password, then the picture for the app and its first code, then the recovery codes. It is only on once the app has proven itself. */
export function AddSecondFactor({ onClose }: { onClose: () => void }) {
  const id = useId();
  const [codes, setCodes] = useState<string[]>();
  const form = useForm({ password: '', code: '' }, { password: isFilled });
  const start = useMutation({
    mutationFn: (password: string) => client.accounts.startSecondFactor({ body: { password } }),
    onError: (error) => (isProblem(error, 'wrong_credentials') ? form.fail('password', t('problem.wrongPassword')) : showTrouble(explain(error))),
  });
  const confirm = useMutation({
    mutationFn: (code: string) => client.accounts.confirmSecondFactor({ body: { code } }),
    onSuccess: ({ recoveryCodes }) => {
      setCodes(recoveryCodes);
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
    onError: (error) => (isProblem(error, 'wrong_code', 'invalid_request') ? form.fail('code', t('problem.wrongCode')) : showTrouble(explain(error))),
  });
  if (codes) return <RecoveryCodes codes={codes} onClose={onClose} />;

  const secret = start.data;
  const submit = form.onSubmit(({ password, code }) => {
    if (!secret) start.mutate(password);
    else if (code.trim()) confirm.mutate(code.replace(/\s/g, ''));
    else form.fail('code', t('check.needed'));
  });
  return (
    <Dialog
      isOpen onClose={onClose} title={t(secret ? 'factor.scanTitle' : 'factor.passwordTitle')} description={t(secret ? 'factor.scanLead' : 'factor.passwordLead')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" form={id} tone="primary" isBusy={start.isPending || confirm.isPending}>{t(secret ? 'factor.confirm' : 'factor.next')}</Button>
        </>
      }
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={submit}>
        {secret ? (
          <>
            {/* A picture by address, not markup: what came over the network is never run as part of the page. The white ground is what cameras expect. */}
            <img src={`data:image/svg+xml,${encodeURIComponent(secret.qrSvg)}`} alt={t('factor.qrAlt')} width={196} height={196} className="self-center rounded-lg border border-line bg-[white] p-2" />
            <div className="flex flex-col gap-1">
              <p className="text-sm text-ink-2">{t('factor.secret')}</p>
              <CopyLine text={secret.secret} label={t('factor.secretLabel')} />
            </div>
            <Field label={t('signIn.code')} hint={t('signIn.codeHint')} error={form.errors.code}>
              <Input {...form.text('code')} autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={9} dir="ltr" className="font-mono text-md! tracking-[0.14em]" />
            </Field>
          </>
        ) : (
          <Field label={t('security.current')} error={form.errors.password}><PasswordInput {...form.text('password')} autoFocus autoComplete="current-password" /></Field>
        )}
      </form>
    </Dialog>
  );
}
