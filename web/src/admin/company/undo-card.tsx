import { useMutation } from '@tanstack/react-query';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { keepSession, useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Field } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';

const usual = [0, 5, 10, 20, 30, 60];

/** For how long every agent of the company can take an answer back. */
export function UndoCard() {
  const { account } = useSession();
  const save = useMutation({
    mutationFn: (undoSeconds: number) => client.accounts.updateAccount({ body: { undoSeconds } }),
    onSuccess: (session) => {
      keepSession(session);
      showToast(t('undo.saved'), { icon: 'check' });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  const choices = usual.includes(account.undoSeconds) ? usual : [...usual, account.undoSeconds].sort((a, b) => a - b);
  return (
    <Card title={t('undo.title')} description={t('undo.hint')}>
      <Field className="max-w-sm" label={t('undo.label')}>
        <Select value={String(account.undoSeconds)} isDisabled={save.isPending} onChange={(seconds) => save.mutate(Number(seconds))} options={choices.map((seconds) => ({ value: String(seconds), label: seconds === 0 ? t('undo.off') : t('undo.seconds', { seconds }) }))} />
      </Field>
    </Card>
  );
}
