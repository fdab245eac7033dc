import type { ImportRun } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { showTrouble } from '../../ui/toast.ts';

/** Says what would go, and what people did with it since, before an import is removed. */
export function RemovalDialog({ run, onClose, onBegun }: { run: ImportRun; onClose: () => void; onBegun: (run: ImportRun) => void }) {
  const [choice, setChoice] = useState<'keep' | 'all'>('keep');
  const preview = useQuery({ queryKey: ['import-removal', run.id], queryFn: ({ signal }) => client.imports.previewRemoval({ params: { importId: run.id }, signal }), gcTime: 0 });
  const remove = useMutation({
    mutationFn: () => client.imports.remove({ params: { importId: run.id }, body: { keepTouched: choice === 'keep' } }),
    onSuccess: onBegun,
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <Confirm isOpen onClose={onClose} title={t('imports.removeTitle', { name: run.name })} deed={t('imports.remove')} isBusy={remove.isPending} onConfirm={() => remove.mutate()}>
      <LoadState query={preview} explain={explain}>
        {({ cases, touched, customers }) => (
          <div className="flex flex-col gap-3">
            <p>{t('imports.removeCases', { count: cases })} {t('imports.removeCustomers', { count: customers })}</p>
            {touched > 0 && (
              <RadioCards
                label={t('imports.removeTouched')} columns={1} value={choice} onChange={setChoice}
                options={[{ value: 'keep', title: t('imports.removeKeep', { count: touched }), hint: t('imports.removeKeepHint') }, { value: 'all', title: t('imports.removeAll'), hint: t('imports.removeAllHint') }]}
              />
            )}
          </div>
        )}
      </LoadState>
    </Confirm>
  );
}
