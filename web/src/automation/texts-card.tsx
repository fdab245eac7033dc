import type { MacroContent } from '@rapport/contract';
import { caseKinds, macroVariables } from '@rapport/contract';
import { useRef, useState } from 'react';
import { WritingField } from '../cases/composer/writing-field.tsx';
import type { FieldHandle } from '../cases/composer/words.ts';
import { currentLocale, t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Card } from '../ui/page.tsx';
import { Picker } from '../ui/picker.tsx';
import { Select } from '../ui/select.tsx';

export type MacroTextDraft = MacroContent['texts'][number] & { key: number };

const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'da', 'sv', 'fi', 'cs', 'tr', 'ar', 'uk', 'ru', 'ja', 'zh'];
const ANY = 'any';
const nothing = () => undefined;

interface TextProps {
  value: MacroTextDraft;
  number: number;
  isOnly: boolean;
  onChange: (value: MacroTextDraft) => void;
  onRemove: () => void;
}

function TextPart({ value, number, isOnly, onChange, onRemove }: TextProps) {
  const field = useRef<FieldHandle>(null);
  const [isPicking, setPicking] = useState(false);
  const { when } = value;
  const names = new Intl.DisplayNames([currentLocale()], { type: 'language' });
  const set = (key: keyof typeof when, next: string | undefined) => {
    const { [key]: _, ...rest } = when;
    onChange({ ...value, when: (next === undefined ? rest : { ...rest, [key]: next }) as typeof when });
  };
  return (
    <li className="rounded-md border border-line">
      {(!isOnly || Object.keys(when).length > 0) && (
        <div className="grid gap-3 border-b border-line p-3 md:grid-cols-[1fr_1fr_1fr_auto]">
          <Field label={t('macro.when.language')}><Select value={when.language ?? ANY} options={[{ value: ANY, label: t('macro.when.any') }, ...languages.map((code) => ({ value: code, label: names.of(code) ?? code }))]} onChange={(next) => set('language', next === ANY ? undefined : next)} ariaLabel={t('macro.when.language')} /></Field>
          <Field label={t('kind.title')}><Select<string> value={when.kind ?? ANY} options={[{ value: ANY, label: t('macro.when.any') }, ...caseKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))]} onChange={(next) => set('kind', next === ANY ? undefined : next)} ariaLabel={t('kind.title')} /></Field>
          <Field label={t('macro.when.tag')}><Input value={when.tag ?? ''} maxLength={40} autoComplete="off" onChange={(event) => set('tag', event.target.value.trim() === '' ? undefined : event.target.value.trim().toLowerCase())} /></Field>
          <IconButton icon="trash-2" label={t('macro.removeText', { number })} onClick={onRemove} className="self-end" />
        </div>
      )}
      <WritingField
        handle={field} caseId="" files={[]} isRich text={value.text} html={value.html ?? null} label={t('macro.text', { number })} placeholder={t('macro.textPlaceholder')}
        onChange={({ text, html }) => onChange({ key: value.key, when, text, ...(html === null ? {} : { html }) })} onPictures={nothing} onOtherFiles={nothing}
      />
      <div className="flex gap-2 px-2 pb-2">
        <Picker
          isOpen={isPicking} onOpenChange={setPicking} label={t('macro.variable')} placeholder={t('macro.variable')} align="start" options={macroVariables.map((name) => ({ id: name, label: t(`macro.var.${name}`), hint: `{{${name}}}` }))}
          onPick={(name) => requestAnimationFrame(() => field.current?.insert({ text: `{{${name}}}`, html: null }))} trigger={<button type="button" className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sm text-ink-2 hover:bg-hover"><Icon name="plus" size={14} />{t('macro.variable')}</button>}
        />
      </div>
    </li>
  );
}

/** The texts of a macro with their conditions; the first that fits is used. */
export function TextsCard({ texts, onChange }: { texts: readonly MacroTextDraft[]; onChange: (texts: MacroTextDraft[]) => void }) {
  const add = () => onChange([{ key: Math.max(0, ...texts.map((text) => text.key)) + 1, when: {}, text: '' }, ...texts]);
  return (
    <Card title={t('macro.texts')} description={t('macro.textsLead')} actions={<Button size="sm" icon="plus" onClick={add}>{t('macro.addText')}</Button>}>
      <ol className="flex flex-col gap-3">
        {texts.map((text, index) => (
          <TextPart key={text.key} value={text} number={index + 1} isOnly={texts.length === 1} onChange={(next) => onChange(texts.map((one) => (one.key === next.key ? next : one)))} onRemove={() => onChange(texts.filter((one) => one.key !== text.key))} />
        ))}
      </ol>
    </Card>
  );
}
