import type { MacroContent, RenderedMacro } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Card } from '../ui/page.tsx';
import { MacroPreview } from './macro-picker.tsx';

/** How what is being written would read on a real case. Nothing happens there. */
export function TryCard({ contentOf }: { contentOf: () => MacroContent }) {
  const [number, setNumber] = useState('');
  const [fault, setFault] = useState<string>();
  const [rendered, setRendered] = useState<RenderedMacro>();
  const look = useMutation({
    mutationFn: async () => {
      const { id } = await client.cases.findByNumber({ params: { number: Number(number.replace(/\D/g, '')) } });
      return client.macros.preview({ params: { caseId: id }, body: { content: contentOf(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } });
    },
    onSuccess: (made) => {
      setFault(undefined);
      setRendered(made);
    },
    onError: (error) => setFault(explain(error)),
  });
  return (
    <Card title={t('macro.try')} description={t('macro.tryLead')}>
      <form className="flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); if (/\d/.test(number)) look.mutate(); }}>
        <Field label={t('macro.caseNumber')} error={fault} className="grow md:max-w-60"><Input value={number} inputMode="numeric" placeholder="#1" autoComplete="off" onChange={(event) => setNumber(event.target.value)} /></Field>
        <Button type="submit" icon="eye" isBusy={look.isPending}>{t('macro.look')}</Button>
      </form>
      {rendered && <div className="mt-4 rounded-md border border-line bg-canvas p-3"><MacroPreview rendered={rendered} /></div>}
    </Card>
  );
}
