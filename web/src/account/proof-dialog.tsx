import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { useSession } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { keepBack } from '../sign-in/way-back.ts';
import { CodeField } from '../sign-in/code-field.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { useForm } from '../ui/use-form.ts';
import { hasPasskeys, isGivenUp, proveByPasskey } from './passkey-browser.ts';

interface Props {
  /** `login`: the Rapport sign-in itself, the company's does not do. `second_factor`: a password alone does not do. */
  needs: string | undefined;
  onDone: (isProved: boolean) => void;
}

/** Asks once more who somebody is, before something that could do lasting harm. */
export function ProofDialog({ needs, onDone }: Props) {
  const id = useId();
  const { agent } = useSession();
  const proof = useQuery({ queryKey: ['proof'], queryFn: ({ signal }) => client.signIn.proof({ signal }), staleTime: 0, gcTime: 0 });
  const [trouble, setTrouble] = useState<string>();
  const ways = proof.data?.ways ?? [];
  const byPasskey = ways.includes('passkey') && hasPasskeys();
  const byPassword = ways.includes('password') && (needs !== 'second_factor' || ways.includes('code'));
  const byCompany = ways.includes('company') && needs === undefined;
  const form = useForm({ password: '', code: '' }, { password: isFilled, code: (code) => (ways.includes('code') ? isFilled(code) : undefined) });
  const password = useMutation({
    mutationFn: ({ password: typed, code }: { password: string; code: string }) => client.signIn.prove({ body: { password: typed, ...(ways.includes('code') ? { code: code.trim() } : {}) } }),
    onSuccess: () => onDone(true),
    onError: (error) => {
      if (isProblem(error, 'wrong_credentials')) form.fail('password', t('problem.wrongPassword'));
      else if (isProblem(error, 'wrong_code', 'invalid_request')) form.fail('code', t('problem.wrongCode'));
      else setTrouble(explain(error));
    },
  });
  const passkey = useMutation({ mutationFn: proveByPasskey, onSuccess: () => onDone(true), onError: (error) => setTrouble(isGivenUp(error) ? undefined : explain(error)) });
  const company = useMutation({
    mutationFn: () => client.signIn.startCompanyProof(),
    onSuccess: ({ url }) => {
      keepBack(location.pathname);
      location.assign(url);
    },
    onError: (error) => setTrouble(explain(error)),
  });
  return (
    <Dialog
      isOpen onClose={() => onDone(false)} title={t('proof.title')} description={t(needs === 'second_factor' ? 'proof.leadFactor' : 'proof.lead')}
      actions={<><Button onClick={() => onDone(false)}>{t('ui.cancel')}</Button>{byPassword && <Button type="submit" form={id} tone={byPasskey ? 'plain' : 'primary'} isBusy={password.isPending}>{t('proof.do')}</Button>}</>}
    >
      <div className="flex flex-col gap-4">
        {(trouble ?? proof.error) && <Banner tone="trouble" icon="circle-alert" className="rounded-md px-3!">{trouble ?? explain(proof.error)}</Banner>}
        {proof.isSuccess && !byPasskey && !byPassword && !byCompany && <p>{t('proof.noWay')}</p>}
        {byPasskey && <Button tone="primary" icon="key-round" isBusy={passkey.isPending} onClick={() => passkey.mutate()}>{t('proof.passkey')}</Button>}
        {byCompany && <Button icon="building-2" isBusy={company.isPending} onClick={() => company.mutate()}>{t('proof.company')}</Button>}
        {byPassword && (
          <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => password.mutate(values))}>
            <input type="email" value={agent.email} readOnly hidden autoComplete="username" />
            <Field label={t('security.current')} error={form.errors.password}><PasswordInput {...form.text('password')} autoFocus={!byPasskey} autoComplete="current-password" /></Field>
            {ways.includes('code') && <CodeField value={form.values.code} onChange={(code) => form.set('code', code)} error={form.errors.code} />}
          </form>
        )}
      </div>
    </Dialog>
  );
}
