import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Button, buttonLook } from '../ui/button.tsx';
import { Entrance, EntranceHead } from '../ui/entrance.tsx';

const route = getRouteApi('/stop-mail/$token');

/** One click ends the mails. Not by merely opening the link: programs that check mail open links, too. */
export function StopMailPage() {
  const { token } = route.useParams();
  const stop = useMutation({ mutationFn: () => client.notifications.stopMail({ body: { token } }) });
  return (
    <Entrance title={t('stopMail.title')} motto={t('entrance.motto')} corner={<LocaleSwitch />}>
      <EntranceHead title={stop.isSuccess ? t('stopMail.doneTitle') : t('stopMail.title')}>{stop.isSuccess ? t('stopMail.done') : t('stopMail.lead')}</EntranceHead>
      {stop.isError && <div className="mb-4"><Banner tone="trouble">{explain(stop.error)}</Banner></div>}
      <div className="flex flex-wrap gap-2" role="status">
        {!stop.isSuccess && <Button tone="primary" size="lg" isBusy={stop.isPending} onClick={() => stop.mutate()}>{t('stopMail.deed')}</Button>}
        <Link to="/" className={buttonLook('plain', 'lg')}>{t('stopMail.back')}</Link>
      </div>
    </Entrance>
  );
}
