import { useState } from 'react';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Card } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { chooseSound, playSound, readSound, tones, type SoundChoice, type Tone } from './sound.ts';

/** How this device sounds. */
export function SoundCard() {
  const [sound, setSound] = useState(readSound);
  const set = (change: Partial<SoundChoice>) => {
    const next = { ...sound, ...change };
    setSound(next);
    chooseSound(next);
  };
  return (
    <Card title={t('notifications.sound')} description={t('notifications.soundLead')} actions={<Button onClick={() => playSound(sound)}>{t('notifications.soundTry')}</Button>}>
      <div className="flex flex-col gap-4">
        <Switch isOn={sound.isOn} onChange={(isOn) => set({ isOn })} label={t('notifications.soundOn')} />
        <Switch isOn={sound.isAlsoFocused} onChange={(isAlsoFocused) => set({ isAlsoFocused })} label={t('notifications.soundFocused')} />
        <div className="flex flex-wrap gap-4">
          <Field className="w-48" label={t('notifications.tone')}><Select<Tone> value={sound.tone} onChange={(tone) => set({ tone })} options={(Object.keys(tones) as Tone[]).map((value) => ({ value, label: t(`notifications.tone.${value}`) }))} /></Field>
          <label className="flex w-48 flex-col gap-1 text-sm font-medium">{t('notifications.volume')}<input type="range" min={0} max={1} step={0.05} value={sound.volume} onChange={(event) => set({ volume: event.target.valueAsNumber })} className="h-9 accent-accent" /></label>
        </div>
      </div>
    </Card>
  );
}
