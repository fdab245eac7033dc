import type { BriefInput } from '@rapport/contract';
import { useId, useState } from 'react';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { useForm } from '../../ui/use-form.ts';

interface Props {
  team: string;
  /** Prefills what was promised. */
  promised?: string;
  onClose: () => void;
  onSubmit: (brief: BriefInput) => void;
}

/** What the next team must know. A case is not handed over without it. */
export function BriefDialog({ team, promised = '', onClose, onSubmit }: Props) {
  const id = useId();
  const [isNothingPromised, setNothingPromised] = useState(false);
  const form = useForm({ asked: '', tried: '', promised, next: '' }, { asked: isFilled, tried: isFilled, ...(isNothingPromised ? {} : { promised: isFilled }), next: isFilled });
  const area = (key: 'asked' | 'tried' | 'promised' | 'next', autoFocus = false) => (
    <Field label={t(`brief.${key}`)} hint={t(`brief.${key}Hint`)} error={form.errors[key]}><TextArea {...form.text(key)} dir="auto" maxLength={2000} rows={2} autoFocus={autoFocus} className="field-sizing-content min-h-14" /></Field>
  );
  return (
    <Dialog
      isOpen onClose={onClose} width="md" title={t('brief.title', { team })} description={t('brief.lead')}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" icon="arrow-right">{t('brief.deed')}</Button></>}
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((said) => onSubmit({ ...said, promised: isNothingPromised ? null : said.promised }))}>
        {area('asked', true)}{area('tried')}{!isNothingPromised && area('promised')}
        <Checkbox isChecked={isNothingPromised} onChange={setNothingPromised} label={t('brief.nothingPromised')} />{area('next')}
      </form>
    </Dialog>
  );
}
