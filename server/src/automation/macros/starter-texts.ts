import type { MacroActions, MacroStarter } from '@rapport/contract';

export type Both = { en: string; de: string };

export interface Starter {
  key: string;
  theme: MacroStarter['theme'];
  name: Both;
  text: Both;
  actions?: MacroActions;
}

const hello = { en: 'Hello {{customer.firstName}},', de: 'Guten Tag {{customer.name}},' };
const bye = { en: 'Kind regards\n{{agent.firstName}}', de: 'Freundliche Grüße\n{{agent.name}}' };
/** A whole letter around what is said. */
export const letter = (en: string, de: string): Both => ({ en: `${hello.en}\n\n${en}\n\n${bye.en}`, de: `${hello.de}\n\n${de}\n\n${bye.de}` });

/** What a new account finds. The words promise nothing that only the company can know. */
export const starters: { folder: Both; macros: readonly Starter[] } = {
  folder: { en: 'First answers', de: 'Erste Antworten' },
  macros: [
    {
      key: 'received', theme: 'first_answer',
      name: { en: 'We have it and look into it', de: 'Angekommen, wir kümmern uns' },
      text: letter('thank you for your message. I have it in front of me and am looking into it. You will hear from me again without having to ask; your number is #{{case.number}} in case you do.', 'vielen Dank für Ihre Nachricht. Sie liegt mir vor, und ich kümmere mich darum. Sie hören wieder von mir, ohne nachfragen zu müssen; Ihre Vorgangsnummer ist #{{case.number}}.'),
      actions: { status: 'open', assignee: 'me' },
    },
    {
      key: 'order_number', theme: 'asking',
      name: { en: 'Ask for the order number', de: 'Nach der Bestellnummer fragen' },
      text: letter('so that I can find your order, please send me its number. It stands in the subject of the confirmation we mailed you.', 'damit ich Ihre Bestellung finde, schicken Sie mir bitte die Bestellnummer. Sie steht im Betreff der Bestätigung, die wir Ihnen gemailt haben.'),
      actions: { status: 'pending' },
    },
    {
      key: 'fault_details', theme: 'asking',
      name: { en: 'Ask for details of a fault', de: 'Nach Einzelheiten zum Fehler fragen' },
      text: letter('I am sorry that it does not work as it should. To find the reason quickly, please tell me:\n\nwhat you did before it happened,\nwhat you expected and what happened instead,\nand, if you can, send a picture of it.', 'es tut mir leid, dass es nicht so funktioniert, wie es soll. Damit ich den Grund schnell finde, sagen Sie mir bitte:\n\nwas Sie davor getan haben,\nwas Sie erwartet haben und was stattdessen geschah,\nund schicken Sie, wenn möglich, ein Bild davon.'),
      actions: { status: 'pending', kind: 'problem' },
    },
    {
      key: 'long_wait', theme: 'trouble',
      name: { en: 'Apologise for a long wait', de: 'Für langes Warten entschuldigen' },
      text: letter('you have waited longer for an answer than you should have, and I am sorry. I have taken your matter over and will stay with it until it is settled.', 'Sie haben länger auf eine Antwort gewartet, als Sie sollten. Das tut mir leid. Ich habe Ihr Anliegen übernommen und bleibe daran, bis es geklärt ist.'),
      actions: { assignee: 'me', priority: 'high' },
    },
    {
      key: 'complaint', theme: 'trouble',
      name: { en: 'Take a complaint seriously', de: 'Beschwerde ernst nehmen' },
      text: letter('thank you for telling us plainly. What you describe should not have happened. I will find out how it came about and then tell you what we can do to put it right.', 'danke, dass Sie es uns offen sagen. Was Sie schildern, hätte nicht geschehen dürfen. Ich finde heraus, wie es dazu kam, und sage Ihnen dann, wie wir es wiedergutmachen können.'),
      actions: { kind: 'complaint', priority: 'high', assignee: 'me' },
    },
    {
      key: 'is_it_settled', theme: 'end',
      name: { en: 'Is it settled?', de: 'Hat sich das erledigt?' },
      text: letter('has your matter been settled in the meantime? If there is still something open, simply answer this mail.', 'hat sich Ihr Anliegen inzwischen erledigt? Wenn noch etwas offen ist, antworten Sie einfach auf diese E-Mail.'),
      actions: { status: 'pending' },
    },
    {
      key: 'settled', theme: 'end',
      name: { en: 'Settled, and thank you', de: 'Erledigt, und danke' },
      text: letter('I am glad that we could settle it. If anything comes up, answer this mail and you will be with us again at once.', 'schön, dass wir es klären konnten. Wenn noch etwas ist, antworten Sie auf diese E-Mail, dann sind Sie sofort wieder bei uns.'),
      actions: { status: 'resolved' },
    },
  ],
};
