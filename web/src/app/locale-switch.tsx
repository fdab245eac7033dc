import { chooseLocale, currentLocale, locales, t } from '../i18n/index.ts';
import { buttonLook } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';

/** The language of this device, before anybody has signed in. */
export function LocaleSwitch() {
  const current = currentLocale();
  const name = locales[current as keyof typeof locales] ?? current;
  return (
    <Menu
      trigger={<button type="button" aria-label={`${name}, ${t('ui.language')}`} className={buttonLook('quiet', 'sm')}><Icon name="languages" size={14} />{name}</button>}
      groups={[Object.entries(locales).map(([locale, label]) => ({ id: locale, label, ...(locale === current ? { icon: 'check' as const } : {}), run: () => void chooseLocale(locale) }))]}
    />
  );
}
