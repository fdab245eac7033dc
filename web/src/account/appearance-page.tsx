import { useState } from 'react';
import { areLettersOn, switchLetters } from '../commands/bindings.ts';
import { runCommand } from '../commands/registry.ts';
import { useSession } from '../data/session.ts';
import { formatPercent } from '../i18n/format.ts';
import { chooseLocale, currentLocale, t } from '../i18n/index.ts';
import { chooseDensity, chooseMotion, chooseTextSize, chooseTheme, useDensity, useMotion, useTextSize, useTheme, type Density, type TextSize, type Theme } from '../ui/appearance.ts';
import { Button } from '../ui/button.tsx';
import { Keys } from '../ui/keys.tsx';
import { Card, Page } from '../ui/page.tsx';
import { RadioCards } from '../ui/radio-cards.tsx';
import { Segments } from '../ui/segments.tsx';
import { Switch } from '../ui/switch.tsx';
import { useNow } from '../ui/use-now.ts';
import { DensityPicture, ThemePicture } from './appearance-pictures.tsx';
import { AppearancePreview } from './appearance-preview.tsx';

const MIRRORED = 'ar-XB';
const sizes: readonly TextSize[] = ['100', '115', '130', '150', '200'];

export function AppearancePage() {
  const theme = useTheme();
  const density = useDensity();
  const textSize = useTextSize();
  const motion = useMotion();
  const { agent } = useSession();
  const now = useNow(60_000);
  const [letters, setLetters] = useState(areLettersOn);
  return (
    <Page title={t('settings.appearance')} description={t('appearance.lead')}>
      <Card title={t('appearance.preview')}><AppearancePreview now={now} /></Card>
      <Card title={t('appearance.theme')} description={t('appearance.themeLead')}>
        <RadioCards<Theme>
          label={t('appearance.theme')} columns={3} value={theme} onChange={chooseTheme}
          options={[
            { value: 'system', title: t('appearance.system'), picture: <ThemePicture theme="system" /> },
            { value: 'light', title: t('appearance.light'), picture: <ThemePicture theme="light" /> },
            { value: 'dark', title: t('appearance.dark'), picture: <ThemePicture theme="dark" /> },
          ]}
        />
      </Card>
      <Card title={t('appearance.density')} description={t('appearance.densityLead')}>
        <RadioCards<Density>
          label={t('appearance.density')} columns={3} value={density} onChange={chooseDensity}
          options={[
            { value: 'compact', title: t('appearance.compact'), picture: <DensityPicture rows={5} /> },
            { value: 'cosy', title: t('appearance.cosy'), picture: <DensityPicture rows={4} /> },
            { value: 'roomy', title: t('appearance.roomy'), picture: <DensityPicture rows={3} /> },
          ]}
        />
      </Card>
      <Card title={t('appearance.text')} description={t('appearance.textLead')}>
        <Segments<TextSize> label={t('appearance.text')} value={textSize} onChange={chooseTextSize} options={sizes.map((value) => ({ value, label: formatPercent(Number(value) / 100) }))} />
      </Card>
      <Card title={t('appearance.motion')}>
        <Switch isOn={motion === 'less'} label={t('appearance.motionLess')} onChange={(isOn) => chooseMotion(isOn ? 'less' : 'system')} />
        <p className="mt-1 ps-11 text-sm text-ink-3">{t('appearance.motionHint')}</p>
      </Card>
      <Card title={t('appearance.direction')} description={t('appearance.directionLead')}>
        <Switch isOn={currentLocale() === MIRRORED} label={t('appearance.mirrored')} onChange={(isOn) => void chooseLocale(isOn ? MIRRORED : agent.locale)} />
      </Card>
      <Card title={t('appearance.keyboard')} description={t('appearance.keyboardLead')} actions={<Button icon="keyboard" onClick={() => runCommand('app.keys')}>{t('command.keys')}<Keys keys="?" /></Button>}>
        <Switch
          isOn={letters} label={t('appearance.letters')}
          onChange={(isOn) => {
            switchLetters(isOn);
            setLetters(isOn);
          }}
        />
        <p className="mt-1 ps-11 text-sm text-ink-3">{t('appearance.lettersHint')}</p>
      </Card>
    </Page>
  );
}
