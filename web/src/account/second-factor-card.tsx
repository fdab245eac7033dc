import { useState } from 'react';
import { useSession } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Card } from '../ui/page.tsx';
import { AddSecondFactor } from './add-second-factor.tsx';
import { RemoveSecondFactor } from './remove-second-factor.tsx';

export function SecondFactorCard() {
  const { hasSecondFactor } = useSession().agent;
  const [open, setOpen] = useState<'add' | 'remove'>();
  const close = () => setOpen(undefined);
  return (
    <Card>
      <div className="flex flex-col gap-4 md:flex-row md:items-start">
        <span className={`grid size-11 shrink-0 place-items-center rounded-full ${hasSecondFactor ? 'bg-moss-soft text-moss' : 'bg-honey-soft text-honey'}`}><Icon name={hasSecondFactor ? 'shield-check' : 'shield'} size={22} /></span>
        <div className="grow">
          <h2 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-md font-semibold">{t('factor.title')}<Badge tone={hasSecondFactor ? 'moss' : 'honey'}>{t(hasSecondFactor ? 'factor.on' : 'factor.off')}</Badge></h2>
          <p className="mt-0.5 max-w-[32rem] text-pretty text-ink-2">{t(hasSecondFactor ? 'factor.leadOn' : 'factor.leadOff')}</p>
        </div>
        {hasSecondFactor ? <Button onClick={() => setOpen('remove')}>{t('factor.remove')}</Button> : <Button tone="primary" icon="smartphone" onClick={() => setOpen('add')}>{t('factor.add')}</Button>}
      </div>
      {open === 'add' && <AddSecondFactor onClose={close} />}
      {open === 'remove' && <RemoveSecondFactor onClose={close} />}
    </Card>
  );
}
