import { t, type PlainMessageId } from '../../i18n/index.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';

/** How a mail server is told to hand this inbox's mail over, for the three usual places it can stand. */
export function PointMailServer({ address }: { address: string }) {
  const to = /@/.test(address) ? address : 'help@example.com';
  const domain = to.slice(to.lastIndexOf('@') + 1);
  const host = location.hostname;
  const ways: readonly { title: PlainMessageId; lead: PlainMessageId; text: string }[] = [
    { title: 'point.same', lead: 'point.sameLead', text: `# /etc/postfix/transport\n${to}  lmtp:inet:127.0.0.1:8424\n\n# /etc/postfix/main.cf\ntransport_maps = hash:/etc/postfix/transport\n\npostmap /etc/postfix/transport && postfix reload` },
    { title: 'point.other', lead: 'point.otherLead', text: `# /etc/postfix/transport\n${to}  smtp:[${host}]:8425` },
    { title: 'point.mx', lead: 'point.mxLead', text: `${domain}.  IN  MX  10  ${host}.` },
  ];
  return (
    <details className="group rounded-md border border-line">
      <summary className="flex min-h-10 cursor-default items-center gap-2 px-3 py-2 font-medium select-none">
        <Icon name="server" className="text-ink-3" />
        <span className="grow">{t('point.title')}</span>
        <Icon name="chevron-down" className="text-ink-3 transition-transform duration-120 group-open:rotate-180" />
      </summary>
      <div className="flex flex-col gap-5 border-t border-line px-3 py-3.5">
        <p className="text-pretty text-ink-2">{t('point.lead')}</p>
        {ways.map((way) => (
          <section key={way.title}>
            <h3 className="font-medium">{t(way.title)}</h3>
            <p className="mb-1.5 text-sm text-pretty text-ink-2">{t(way.lead)}</p>
            <div className="relative">
              <pre dir="ltr" tabIndex={0} aria-label={t(way.title)} className="overflow-x-auto rounded-md bg-sunken py-2 ps-3 pe-20 font-mono text-xs leading-5">{way.text}</pre>
              <CopyButton text={way.text} className="absolute end-1 top-1" />
            </div>
          </section>
        ))}
        <p className="text-sm text-pretty text-ink-3">{t('point.ports')}</p>
      </div>
    </details>
  );
}
