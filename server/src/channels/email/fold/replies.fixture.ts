/** A mail as a person's program sends it, and what the person wrote of it. */
export interface ReplyCase {
  name: string;
  text: string;
  html?: string;
  written: string;
}

interface Voice {
  language: string;
  own: string;
  attribution: string;
  device?: string;
}

const voices: Voice[] = [
  { language: 'English, Gmail', own: 'Yes, the blue one.\n\nThank you', attribution: 'On Mon, Nov 4, 2024 at 10:12 AM Support <support@shop.example> wrote:', device: 'Sent from my iPhone' },
  { language: 'English, Apple', own: 'Still broken.', attribution: 'On 4 Nov 2024, at 10:12, Support <support@shop.example> wrote:', device: 'Get Outlook for iOS' },
  { language: 'German, Gmail', own: 'Ja, die blaue.', attribution: 'Am Mo., 4. Nov. 2024 um 10:12 Uhr schrieb Support <support@shop.example>:', device: 'Von meinem iPhone gesendet' },
  { language: 'German, Thunderbird', own: 'Sie leuchtet immer noch nicht.', attribution: 'Am 04.11.24 um 10:12 schrieb Support:', device: 'Gesendet von Outlook für Android' },
  { language: 'French', own: 'Oui, la bleue.', attribution: 'Le lun. 4 nov. 2024 à 10:12, Support <support@shop.example> a écrit :', device: 'Envoyé de mon iPhone' },
  { language: 'Spanish', own: 'Sí, la azul.', attribution: 'El lun, 4 nov 2024 a las 10:12, Support (<support@shop.example>) escribió:', device: 'Enviado desde mi iPhone' },
  { language: 'Italian', own: 'Sì, quella blu.', attribution: 'Il giorno lun 4 nov 2024 alle ore 10:12 Support <support@shop.example> ha scritto:', device: 'Inviato da iPhone' },
  { language: 'Portuguese', own: 'Sim, a azul.', attribution: 'Em seg., 4 de nov. de 2024 às 10:12, Support <support@shop.example> escreveu:', device: 'Enviado do meu iPhone' },
  { language: 'Dutch', own: 'Ja, de blauwe.', attribution: 'Op ma 4 nov 2024 om 10:12 schreef Support <support@shop.example>:', device: 'Verstuurd vanaf mijn iPhone' },
  { language: 'Swedish', own: 'Ja, den blå.', attribution: 'Den mån 4 nov. 2024 kl 10:12 skrev Support <support@shop.example>:', device: 'Skickat från min iPhone' },
  { language: 'Danish', own: 'Ja, den blå.', attribution: 'Den man. 4. nov. 2024 kl. 10.12 skrev Support <support@shop.example>:', device: 'Sendt fra min iPhone' },
  { language: 'Norwegian', own: 'Ja, den blå.', attribution: 'man. 4. nov. 2024 kl. 10:12 skrev Support <support@shop.example>:', device: 'Sendt fra min iPad' },
  { language: 'Finnish', own: 'Kyllä, sininen.', attribution: 'ma 4. marrask. 2024 klo 10.12 Support (support@shop.example) kirjoitti:', device: 'Lähetetty iPhonesta' },
  { language: 'Polish', own: 'Tak, niebieska.', attribution: 'pon., 4 lis 2024 o 10:12 Support <support@shop.example> napisał(a):', device: 'Wysłane z iPhone’a' },
  { language: 'Czech', own: 'Ano, modrá.', attribution: 'po 4. 11. 2024 v 10:12 odesílatel Support <support@shop.example> napsal:', device: 'Odesláno z iPhonu' },
  { language: 'Slovak', own: 'Áno, modrá.', attribution: 'po 4. 11. 2024 o 10:12 Support <support@shop.example> napísal(a):' },
  { language: 'Hungarian', own: 'Igen, a kék.', attribution: 'Support <support@shop.example> ezt írta (időpont: 2024. nov. 4., H, 10:12):' },
  { language: 'Romanian', own: 'Da, cea albastră.', attribution: 'Pe lun., 4 nov. 2024 la 10:12, Support <support@shop.example> a scris:', device: 'Trimis de pe iPhone-ul meu' },
  { language: 'Russian', own: 'Да, синяя.', attribution: 'пн, 4 нояб. 2024 г. в 10:12, Support <support@shop.example>:', device: 'Отправлено с iPhone' },
  { language: 'Ukrainian', own: 'Так, синя.', attribution: 'пн, 4 лист. 2024 р. о 10:12 Support <support@shop.example> пише:', device: 'Надіслано з iPhone' },
  { language: 'Turkish', own: 'Evet, mavi olan.', attribution: 'Support <support@shop.example>, 4 Kas 2024 Pzt, 10:12 tarihinde şunu yazdı:', device: 'iPhone’umdan gönderildi' },
  { language: 'Greek', own: 'Ναι, η μπλε.', attribution: 'Στις Δευ 4 Νοε 2024 στις 10:12 π.μ., ο χρήστης Support <support@shop.example> έγραψε:', device: 'Στάλθηκε από το iPhone μου' },
  { language: 'Croatian', own: 'Da, plava.', attribution: 'pon, 4. stu 2024. u 10:12 Support <support@shop.example> je napisao/la:' },
  { language: 'Catalan', own: 'Sí, la blava.', attribution: 'Missatge de Support <support@shop.example> del dia dl., 4 de nov. 2024 a les 10:12 va escriure:' },
  { language: 'Japanese', own: 'はい、青いほうです。', attribution: '2024年11月4日(月) 10:12 Support <support@shop.example>:', device: 'iPhoneから送信' },
  { language: 'Chinese', own: '是的，蓝色的。', attribution: 'Support <support@shop.example> 于2024年11月4日周一 10:12写道：', device: '发自我的iPhone' },
  { language: 'Korean', own: '네, 파란색입니다.', attribution: '2024년 11월 4일 (월) 오전 10:12, Support <support@shop.example>님이 작성:', device: '나의 iPhone에서 보냄' },
  { language: 'Hebrew', own: 'כן, הכחול.', attribution: '‫בתאריך יום ב׳, 4 בנוב׳ 2024 ב-10:12 מאת ‪Support‬‏ <‪support@shop.example‬‏>:‬', device: 'נשלח מה-iPhone שלי' },
  { language: 'Arabic', own: 'نعم، الأزرق.', attribution: 'في الاثنين، 4 نوفمبر 2024 في 10:12 ص تمت كتابة ما يلي بواسطة Support <support@shop.example> كتب:', device: 'أرسلت من الـ iPhone' },
  { language: 'Vietnamese', own: 'Vâng, cái màu xanh.', attribution: 'Vào Th 2, 4 thg 11, 2024 vào lúc 10:12 Support <support@shop.example> đã viết:' },
  { language: 'Indonesian', own: 'Ya, yang biru.', attribution: 'Pada Sen, 4 Nov 2024 pukul 10.12 Support <support@shop.example> menulis:', device: 'Dikirim dari iPhone saya' },
];

const old = ['Hello,', '', 'which lamp do you mean?', '', 'Kind regards', 'Support'];
const quoted = old.map((line) => `> ${line}`.trimEnd()).join('\n');
/** As programs break long lines: behind about sixty characters. */
const wrapped = (line: string): string => line.replace(/^(.{30,60}?) (?=\S{6})/, '$1\n');

const fromVoices = voices.flatMap(({ language, own, attribution, device }): ReplyCase[] => [
  { name: `${language}: answer above`, text: `${own}\n\n${attribution}\n\n${quoted}\n`, written: own },
  { name: `${language}: the sentence broken in two`, text: `${own}\n\n${wrapped(attribution)}\n${quoted}`, written: own },
  { name: `${language}: answer below`, text: `${attribution}\n${quoted}\n\n${own}\n`, written: own },
  ...(device === undefined ? [] : [{ name: `${language}: from a phone`, text: `${own}\n\n${device}\n\n${attribution}\n\n${quoted}`, written: own }, { name: `${language}: a phone's first mail`, text: `${own}\n\n${device}\n`, written: own }]),
  {
    name: `${language}: HTML of a web mailer`, text: '', written: own.replace(/\n+/g, ' '),
    html: `<div dir="ltr">${own.replace(/\n/g, '<br>')}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${attribution.replace(/</g, '&lt;').replace(/>/g, '&gt;')}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">${old.join('<br>')}</blockquote></div>`,
  },
]);

const headers: [string, string[]][] = [
  ['English', ['From: Support <support@shop.example>', 'Sent: Monday, November 4, 2024 10:12 AM', 'To: Ada <ada@home.example>', 'Subject: Re: Lamp']],
  ['German', ['Von: Support <support@shop.example>', 'Gesendet: Montag, 4. November 2024 10:12', 'An: Ada <ada@home.example>', 'Betreff: AW: Lampe']],
  ['French', ['De : Support <support@shop.example>', 'Envoyé : lundi 4 novembre 2024 10:12', 'À : Ada <ada@home.example>', 'Objet : RE: Lampe']],
  ['Spanish', ['De: Support <support@shop.example>', 'Enviado: lunes, 4 de noviembre de 2024 10:12', 'Para: Ada <ada@home.example>', 'Asunto: RE: Lámpara']],
  ['Italian', ['Da: Support <support@shop.example>', 'Inviato: lunedì 4 novembre 2024 10:12', 'A: Ada <ada@home.example>', 'Oggetto: R: Lampada']],
  ['Dutch', ['Van: Support <support@shop.example>', 'Verzonden: maandag 4 november 2024 10:12', 'Aan: Ada <ada@home.example>', 'Onderwerp: RE: Lamp']],
  ['Swedish', ['Från: Support <support@shop.example>', 'Skickat: den 4 november 2024 10:12', 'Till: Ada <ada@home.example>', 'Ämne: SV: Lampa']],
  ['Polish', ['Od: Support <support@shop.example>', 'Wysłano: poniedziałek, 4 listopada 2024 10:12', 'Do: Ada <ada@home.example>', 'Temat: ODP: Lampa']],
  ['Russian', ['От: Support <support@shop.example>', 'Отправлено: 4 ноября 2024 г. 10:12', 'Кому: Ada <ada@home.example>', 'Тема: RE: Лампа']],
  ['Turkish', ['Kimden: Support <support@shop.example>', 'Gönderildi: 4 Kasım 2024 Pazartesi 10:12', 'Kime: Ada <ada@home.example>', 'Konu: YNT: Lamba']],
  ['Japanese', ['差出人: Support <support@shop.example>', '送信日時: 2024年11月4日 10:12', '宛先: Ada <ada@home.example>', '件名: RE: ランプ']],
  ['Chinese', ['发件人: Support <support@shop.example>', '发送时间: 2024年11月4日 10:12', '收件人: Ada <ada@home.example>', '主题: 回复: 灯']],
];
const fromHeaders = headers.flatMap(([language, lines]): ReplyCase[] => [
  { name: `${language}: copied headers below a rule`, text: `The blue one.\n\n________________________________\n${lines.join('\n')}\n\n${old.join('\n')}`, written: 'The blue one.' },
  { name: `${language}: copied headers alone`, text: `The blue one.\n\n${lines.join('\n')}\n\n${old.join('\n')}`, written: 'The blue one.' },
  {
    name: `${language}: HTML with copied headers`, text: '', written: 'The blue one.',
    html: `<div class="WordSection1"><p class="MsoNormal">The blue one.</p><p class="MsoNormal">&nbsp;</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal">${lines.map((line) => line.replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/^([^:]+:)/, '<b>$1</b>')).join('<br>')}</p></div><p class="MsoNormal">${old.join('<br>')}</p></div>`,
  },
]);

const others: ReplyCase[] = [
  { name: 'answers between quoted lines stay, with the lines they answer', text: 'On 4 Nov 2024 at 10:12, Support <s@shop.example> wrote:\n> Which lamp?\n\nThe blue one.\n\n> Since when?\n\nSince Monday.', written: '> Which lamp? The blue one. > Since when? Since Monday.' },
  { name: 'a form that a person fills in is no copied headers', text: 'Please rebook me.\n\nFrom: Berlin\nTo: Paris\nDate: 4 May\n\nIs that possible?', written: 'Please rebook me. From: Berlin To: Paris Date: 4 May Is that possible?' },
  { name: 'a sentence about who wrote what is no quotation', text: 'On 4 November your technician wrote:\nit cannot be mended.\nI do not believe that.', written: 'On 4 November your technician wrote: it cannot be mended. I do not believe that.' },
  { name: 'a list below a date and an address is no quotation', text: 'Please send these by 4.11.2024 10:00 to ada@home.example:\n- lamp\n- bulb', written: 'Please send these by 4.11.2024 10:00 to ada@home.example: - lamp - bulb' },
  { name: 'a rule between paragraphs is no signature', text: 'First matter: the lamp is broken.\n\n-----\n\nSecond matter: where is my invoice?', written: 'First matter: the lamp is broken. ----- Second matter: where is my invoice?' },
  { name: 'a short signature below two dashes', text: 'It works now.\n\n-- \nAda Lovelace\n+44 20 1234', written: 'It works now.' },
  { name: 'two dashes with a long text below are no signature', text: `Two matters.\n\n--\n${Array.from({ length: 20 }, (_, i) => `Point ${i + 1} of my letter.`).join('\n')}`, written: `Two matters. -- ${Array.from({ length: 20 }, (_, i) => `Point ${i + 1} of my letter.`).join(' ')}` },
  { name: 'the original message below dashes', text: 'Thanks!\n\n-----Original Message-----\nFrom: Support\nSent: Monday\nSubject: Lamp\n\nWhich lamp?', written: 'Thanks!' },
  { name: 'a forwarded mail stays', text: 'See below, please.\n\n---------- Forwarded message ---------\nFrom: Lamps Ltd <l@lamps.example>\nDate: Mon, Nov 4, 2024 at 10:12 AM\nSubject: Your order\nTo: <ada@home.example>\n\nYour order is late.', written: 'See below, please. Your order is late.' },
  { name: 'a forwarded mail of Apple stays', text: 'Bitte prüfen.\n\nAnfang der weitergeleiteten Nachricht:\n\nVon: Lamps <l@lamps.example>\nBetreff: Bestellung\nDatum: 4. November 2024 um 10:12:00 MEZ\nAn: ada@home.example\n\nIhre Bestellung kommt später.', written: 'Bitte prüfen. Ihre Bestellung kommt später.' },
  { name: 'Thunderbird’s HTML', text: '', html: '<p>Still dark.</p><div class="moz-cite-prefix">Am 04.11.24 um 10:12 schrieb Support:<br></div><blockquote type="cite" cite="mid:1@shop.example"><p>Which lamp?</p></blockquote><div class="moz-signature">-- <br>Ada</div>', written: 'Still dark.' },
  { name: 'Apple’s HTML', text: '', html: 'Still dark.<br><div><br><blockquote type="cite"><div>On 4 Nov 2024, at 10:12, Support &lt;s@shop.example&gt; wrote:</div><br><div>Which lamp?</div></blockquote></div>', written: 'Still dark.' },
  { name: 'Yahoo’s HTML', text: '', html: '<div>Still dark.</div><div class="yahoo_quoted"><div>Am Montag, 4. November 2024 um 10:12:00 MEZ hat Support &lt;s@shop.example&gt; Folgendes geschrieben:</div><div><br></div><div>Which lamp?</div></div>', written: 'Still dark.' },
  { name: 'answers within a quotation of HTML stay', text: '', html: '<div class="moz-cite-prefix">On 04.11.24 10:12, Support wrote:<br></div><blockquote type="cite"><p>Which lamp?</p></blockquote><p>The blue one.</p><blockquote type="cite"><p>Since when?</p></blockquote><p>Since Monday.</p>', written: 'On 04.11.24 10:12, Support wrote: Which lamp? The blue one. Since when? Since Monday.' },
  { name: 'a picture below the quotation is not hidden', text: '', html: '<div class="moz-cite-prefix">On 04.11.24 10:12, Support wrote:<br></div><blockquote type="cite">Which lamp?</blockquote><p>This: <b>here</b></p>', written: 'This: here' },
  { name: 'a block quote of one’s own stays', text: '', html: '<p>The manual says:</p><blockquote>Press the switch.</blockquote>', written: 'The manual says: Press the switch.' },
  { name: 'a mail that is only a quotation is shown whole', text: '> Which lamp?\n> The blue one.', written: '> Which lamp? > The blue one.' },
];

export const replies: ReplyCase[] = [...fromVoices, ...fromHeaders, ...others];
