import { useState } from 'react';
import { t } from '../i18n/index.ts';
import { Field, Input } from '../ui/field.tsx';

interface Props {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  hasFocus?: boolean;
}

/** The code of the authenticator app, or one of the recovery codes when the phone is not at hand. */
export function CodeField({ value, onChange, error, hasFocus = false }: Props) {
  const [isRecovery, setRecovery] = useState(false);
  const swap = () => {
    setRecovery(!isRecovery);
    onChange('');
  };
  return (
    <div className="flex flex-col items-start gap-1.5">
      <Field className="w-full" label={t(isRecovery ? 'signIn.recoveryCode' : 'signIn.code')} hint={t(isRecovery ? 'signIn.recoveryHint' : 'signIn.codeHint')} error={error}>
        <Input
          key={isRecovery ? 'recovery' : 'app'} name="code" value={value} onChange={(event) => onChange(event.target.value)} autoFocus={hasFocus} dir="ltr" spellCheck={false} autoCapitalize="off"
          autoComplete="one-time-code" inputMode={isRecovery ? 'text' : 'numeric'} maxLength={20} className="font-mono text-md! tracking-[0.14em]"
        />
      </Field>
      <button type="button" className="min-h-6 text-sm font-medium text-accent underline-offset-2 hover:underline" onClick={swap}>{t(isRecovery ? 'signIn.useCode' : 'signIn.useRecovery')}</button>
    </div>
  );
}
