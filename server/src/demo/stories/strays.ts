import type { Step } from '../story/step.ts';
import type { InboxKey } from '../company.ts';

/** Mail that belongs to no case: what was set aside, ignored, or came from a machine. The ledger has a row for each. */
export function strays(now: Date, domain: string): Step[] {
  const at = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * 3_600_000);
  const stray = (name: string, hoursAgo: number, envelopeFrom: string, head: readonly string[], text: string, inbox: InboxKey = 'help'): Step => ({
    key: `stray/${name}`, caseKey: `stray/${name}`, at: at(hoursAgo),
    deed: { kind: 'stray', inbox, envelopeFrom, raw: [...head, `Date: ${at(hoursAgo).toUTCString().replace('GMT', '+0000')}`, `Message-ID: <${name}@stray.example>`, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', text, ''].join('\r\n') },
  });
  return [
    stray('nobody', 31, '', ['Subject: Your parcel is waiting', `To: help@${domain}`], 'Click here to pay the remaining 1.99.'),
    stray('nobody-again', 96, '', ['Subject: (no subject)', `To: help@${domain}`], ''),
    stray('own', 55, `help@${domain}`, [`From: "Lantern Coffee Works" <help@${domain}>`, `To: help@${domain}`, 'Subject: Re: Spare parts list', 'X-Rapport-Desk: {desk}'], 'A forwarding rule at a partner sent our own mail back to us.'),
    stray('report', 20, '', ['From: Mail Delivery System <MAILER-DAEMON@mx.kiwipost.example>', `To: trade@${domain}`, 'Subject: Delayed Mail', 'Auto-Submitted: auto-generated'], 'Your message could not be delivered for four hours. It will be tried again.', 'trade'),
  ];
}
