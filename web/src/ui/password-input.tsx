import { useState, type ComponentProps } from 'react';
import { t } from '../i18n/index.ts';
import { Input } from './field.tsx';
import { IconButton } from './icon-button.tsx';

/** A password that can be looked at while it is typed. Goes inside a `Field`. */
export function PasswordInput({ className = '', ...rest }: ComponentProps<'input'>) {
  const [isShown, setShown] = useState(false);
  return (
    <span className="relative block">
      <Input {...rest} type={isShown ? 'text' : 'password'} autoCapitalize="off" autoCorrect="off" spellCheck={false} className={`pe-10 ${className}`} />
      <IconButton
        icon={isShown ? 'eye-off' : 'eye'} size={28} label={t(isShown ? 'ui.hidePassword' : 'ui.showPassword')} side="top"
        className="absolute end-1 top-1" onClick={() => setShown((shown) => !shown)}
      />
    </span>
  );
}
