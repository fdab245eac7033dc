import { useState } from 'react';
import { areLettersOn, switchLetters } from '../commands/bindings.ts';
import { runCommand } from '../commands/registry.ts';
import { t } from '../i18n/index.ts';
import { chooseDensity, chooseTheme, useDensity, useTheme, type Density, type Theme } from '../ui/appearance.ts';
import { Button } from '../ui/button.tsx';
import { Keys } from '../ui/keys.tsx';
import { Card, Page } from '../ui/page.tsx';
import { RadioCards } from '../ui/radio-cards.tsx';
import { Switch } from '../ui/switch.tsx';
import { DensityPicture, ThemePicture } from './appearance-pictures.tsx';

export function AppearancePage() {
  const theme = useTheme();
  const density = useDensity();
  const [letters, setLetters] = useState(areLettersOn);
  return (
    <Page title={t('settings.appearance')} description={t('appearance.lead')}>
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
