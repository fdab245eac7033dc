import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionQuery } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Button, buttonLook } from '../ui/button.tsx';
import { isNewPassword } from '../ui/checks.ts';
import { Entrance, EntranceHead } from '../ui/entrance.tsx';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { useForm } from '../ui/use-form.ts';
import { LinkExpired } from './link-expired.tsx';

const route = getRouteApi('/reset-password/$token');

export function ResetPage() {
  const { token } = route.useParams();
  const form = useForm({ password: '' }, { password: isNewPassword });
  const reset = useMutation({
    mutationFn: (password: string) => client.accounts.resetPassword({ params: { token }, body: { password } }),
    // Every session has ended, a signed-in one in this browser too.
    onSuccess: () => queryClient.removeQueries({ queryKey: sessionQuery.queryKey }),
    onError: (error) => {
      if (isProblem(error, 'weak_password')) form.fail('password', explain(error));
    },
  });
  // A mangled link is not of the shape that the server looks for; for the person it is the same as one that has expired.
  const isGone = isProblem(reset.error, 'link_expired', 'not_found') || (isProblem(reset.error, 'invalid_request') && !reset.error.problem.errors?.some((fault) => fault.path.startsWith('body')));

  return (
    <Entrance title={t('reset.title')} motto={t('entrance.motto')} corner={<LocaleSwitch />}>
      {isGone ? (
        <LinkExpired title={t('reset.goneTitle')} action={<Link to="/forgotten-password" className={buttonLook('primary', 'lg')}>{t('reset.again')}</Link>}>{t('reset.gone')}</LinkExpired>
      ) : reset.isSuccess ? (
        <div role="status">
          <span className="mb-4 grid size-12 place-items-center rounded-full bg-moss-soft text-moss"><Icon name="check" size={22} /></span>
          <EntranceHead title={t('reset.doneTitle')}>{t('reset.done')}</EntranceHead>
          <Link to="/sign-in" className={buttonLook('primary', 'lg')}>{t('signIn.do')}</Link>
        </div>
      ) : (
        <form ref={form.ref} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit(({ password }) => reset.mutate(password))}>
          <EntranceHead title={t('reset.title')}>{t('reset.lead')}</EntranceHead>
          {reset.error && !isProblem(reset.error, 'weak_password') && <Banner tone="trouble" icon="circle-alert" className="rounded-md px-3!">{explain(reset.error)}</Banner>}
          <Field label={t('password.new')} hint={t('password.hint')} error={form.errors.password}>
            <PasswordInput {...form.text('password')} autoComplete="new-password" autoFocus className="h-10" />
          </Field>
          <Button type="submit" tone="primary" size="lg" isBusy={reset.isPending}>{t('reset.do')}</Button>
        </form>
      )}
    </Entrance>
  );
}
