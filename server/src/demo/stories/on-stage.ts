import { coffees } from '../catalogue.ts';
import { csv, lantern, photo, receipt } from '../files/index.ts';
import { randomFrom } from '../story/random.ts';
import { stage, type Staged, type Staging } from '../story/staged.ts';
import type { PlannedFile } from '../story/step.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** The cases a visitor should meet on the first day: each shows something the product has to be good at. */
export function onStage(staging: Staging): Staged[] {
  const { now } = staging;
  const random = randomFrom('on-stage');
  const later = (days: number, hour: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days, hour));
  const on = (key: string, customer: string, subject: string, inbox?: 'trade') => stage(staging, `stage/${key}`, customer, subject, inbox);

  return [
    on('angry', 'Beatrice Holloway', 'THIRD mail about order LC-53107')
      .mail(5 * DAY, 'Good afternoon,\n\nmy Ember Duo (order LC-53107) was promised for Monday. It is a wedding present. Where is it?\n\nBeatrice Holloway')
      .change(5 * DAY - 40, 'mara', { team: 'shipping', assignee: 'mara', addTags: ['delivery'] })
      .reply(5 * DAY - 70, 'mara', 'I am sorry that it is late. I have asked Nordparcel to look for it and will write to you tomorrow with what I know.', { thenStatus: 'on_hold' })
      .mail(3 * DAY, 'Tomorrow was two days ago. I have heard NOTHING from anybody. The wedding is this week.\n\nB. Holloway')
      .note(2 * DAY + 300, 'tom', 'Nordparcel finally answered: the parcel was crushed in their depot and is being returned to us. They did not tell anybody. We need to send a new one by express and ring her, a mail will not do.')
      .change(2 * DAY + 290, 'tom', { priority: 'urgent', addTags: ['complaint'] })
      .mail(3 * HOUR + 12, 'This is my THIRD mail. I have spent 1,149 euros with you, I have been lied to twice, and I am standing here with an empty ribbon.\n\nEither somebody calls me TODAY with a time of delivery or I take the money back through my bank and tell everyone who will listen how you treat your customers.\n\nBeatrice Holloway'),

    on('card', 'Winston Clarke', 'Payment did not go through')
      .mail(34, 'Hello,\n\nyour page would not take my card, so here it is, please just charge it for order LC-54480:\n\nVisa 4539 1488 0343 6467, valid until 09/28.\n\nKind regards\nWinston Clarke'),

    on('fuse', 'Imran Sheikh', 'Burning smell when I switch it on')
      .mail(9, 'Hi,\n\nI switched on my Ember this morning and after a minute there was a burning smell and all the lights in the kitchen went out. I have pulled the plug.\n\nIs it safe? There are two small children in the house and I would rather ask before I do anything.\n\nImran'),

    on('chat-now', 'Priyanka Desai', '')
      .chat(4, 'Hi! Is the Quarry in cream really three days, as the page says? It would be for Saturday.')
      .change(3, 'mara', { team: 'shipping', assignee: 'mara' })
      .chat(2, 'And could you wrap it?'),

    on('chat-gone', 'Callum Fraser', '')
      .chat(3 * HOUR + 20, 'hello, does the descaler in the shop also work for the old Beacon?')
      .change(3 * HOUR + 19, 'mara', { team: 'technical', assignee: 'mara', addTags: ['advice'] })
      .say(3 * HOUR + 18, 'mara', 'It does. One sachet for a litre of water, and let the tank run through twice.')
      .chat(3 * HOUR + 16, 'brilliant. the light goes on blinking afterwards though, last time I tried')
      .say(3 * HOUR + 14, 'mara', 'Then it wants its reset: hold both buttons for five seconds while it is cold.')
      .chat(3 * HOUR + 13, 'will try tonight. can you send me that in writing so that I find it again?'),

    on('newsletter', 'Freja Sørensen', 'Re: New harvest from Huila', 'trade')
      .mail(21, 'Hi all,\n\nwe loved this newsletter in the studio. Can we get 6 kilos of the Huila for our opening on the 4th? And would you lend us two grinders for the evening?\n\nFreja Sørensen\nStudio Havn, Aarhus', { html: newsletter(), files: [letterhead()], answersNothing: true }),

    on('crushed', 'Amara Okonkwo', 'Box arrived like this')
      .mail(26 * HOUR, 'Hello!\n\nThe box came today and looks like somebody sat on it. I have not opened it yet, because I thought you would want to see it first. The delivery man wrote “damaged” on the slip, photo of that as well.\n\nOrder LC-53992, a Quarry grinder.\n\nGreetings from Halifax\nAmara', { files: [photo('box', random), photo('box', random), receipt('Delivery slip', 'Damaged on arrival', later(-1, 0))] })
      .change(25 * HOUR, 'mara', { team: 'shipping', assignee: 'mara', addTags: ['damaged'] })
      .reply(24 * HOUR, 'mara', 'Thank you for leaving it closed, that was clever. Could you open it with the camera running and tell me whether the hopper has survived? If anything is broken I send you a new one the same day; if not, you get a bag of Harbour Blend for the fright.')
      .mail(74, 'Opened! The grinder is fine, but the hopper has a crack from top to bottom. Video is too big for mail, so here is a picture.\n\nAmara', { files: [photo('grinder', random)] }),

    on('away', 'Nils Holmqvist', 'Spare gasket')
      .mail(2 * DAY, 'Hello,\n\nwhich gasket fits the Beacon from 2022, the thin or the thick one?\n\nNils')
      .change(2 * DAY - 60, 'mara', { team: 'technical', assignee: 'mara', addTags: ['spare-part'] })
      .reply(5 * HOUR, 'mara', 'It is the thick one, 8.5 mm. Shall I put it into a letter for you? It is free within the first three years.')
      .mail(5 * HOUR - 1, 'Thank you for your mail. I am on a boat without network until Monday and will answer when I am back on land.\n\nNils Holmqvist', { subject: 'Automatic reply: Spare gasket', headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } }),

    on('bounced', 'Matteo Ferrari', 'Invoice for the scale')
      .mail(28 * HOUR, 'Buongiorno,\n\ncould you please send the invoice for my Feather scale again? Order LC-53880. My mailbox has been making trouble lately.\n\nMatteo')
      .change(27 * HOUR, 'mara', { team: 'billing', assignee: 'mara', addTags: ['invoice'] })
      .reply(26 * HOUR, 'mara', 'Of course, here it is once more. I hope your mailbox behaves this time.', { thenStatus: 'resolved', files: [receipt('Invoice copy', '€59.00', later(-1, 0))], delivery: { state: 'bounced', reason: '552 5.2.2 <matteo.ferrari@casella.example>: mailbox full, quota exceeded' } }),

    on('failed', 'Grace Nakagawa', 'Can I still change the colour?')
      .mail(7 * HOUR, 'Hi there,\n\nI ordered the Heron in black and would love to have it in cream instead. Is it too late?\n\nGrace', { from: { address: 'grace@nakagawa-pottery.example', name: 'Grace Nakagawa' } })
      .change(6 * HOUR, 'mara', { team: 'shipping', assignee: 'mara' })
      .reply(5 * HOUR + 30, 'mara', 'Not too late at all: it is cream now, and ships tomorrow.', { delivery: { state: 'failed', reason: 'The mail server of nakagawa-pottery.example could not be found. Check the address, then send again.' } }),

    on('again', 'Agnieszka Wójcik', 'Kettle switches off at 80 degrees')
      .mail(8 * DAY, 'Hello,\n\nmy Heron kettle stops at 80 degrees, whatever I set.\n\nAgnieszka')
      .change(8 * DAY - 90, 'jonas', { team: 'technical', assignee: 'mara', addTags: ['kettle'] })
      .reply(8 * DAY - 120, 'mara', 'That sounds like the hold button: press it for three seconds until the small flame goes out. Then it heats to what you set.', { thenStatus: 'resolved' })
      .mail(96, 'Hello Mara,\n\nthat worked for a week, but since yesterday it stops at 80 again and the button does nothing. Could it be a fault after all? I bought it in May.\n\nAgnieszka'),

    on('loud', 'Joost van den Berg', 'Grinder much louder than last week')
      .mail(52, 'Hi,\n\nsince the weekend my Quarry sounds like a motorbike. Same beans, same setting. I have cleaned it. Is there something I can tighten, or is that the bearing?\n\nJoost', { comesTwice: true }),

    on('kyoto', '佐藤 美咲', 'Ember Duoについて / Question about the Ember Duo')
      .mail(8 * HOUR + 20, 'はじめまして。京都で小さな喫茶店を営んでおります佐藤と申します。\n\nEmber Duoの購入を検討しておりますが、日本の100ボルトで使用できますでしょうか。また、関税を含めた送料を教えていただけますと幸いです。\n\n(In short: does the Ember Duo run on 100 V, and what would shipping and duties to Kyoto cost?)\n\nどうぞよろしくお願いいたします。\n佐藤 美咲'),

    on('arabic', 'مريم الهاشمي', 'المطحنة لا تعمل بعد التنظيف')
      .mail(2 * HOUR + 5, 'السلام عليكم،\n\nقمت بتنظيف مطحنة Quarry كما في الفيديو، وبعد إعادة تركيبها لا تعمل إطلاقاً ويظهر ضوء أحمر. أستخدمها منذ ستة أشهر ورقم الطلب LC-51022.\n\nهل هناك خطأ في التركيب؟ أرفقت صورة.\n\nشكراً جزيلاً،\nمريم الهاشمي', { files: [photo('grinder', random)] })
      .change(HOUR + 40, 'mara', { team: 'technical', addTags: ['grinder'] }),

    on('firmware-1', 'Lotte Vermeulen', 'Scale dead after the update')
      .mail(3 * HOUR + 20, 'Hi,\n\nafter the update to 2.3.1 my Feather scale shows “up” and nothing else, for an hour now. What should I do?\n\nLotte')
      .change(3 * HOUR, 'jonas', { team: 'technical', assignee: 'jonas', addTags: ['firmware-2-3', 'bluetooth'] })
      .note(2 * HOUR + 50, 'jonas', 'Second one this morning. Looks like 2.3.1 hangs when the batteries are low. I am asking the developers to stop the roll-out.'),
    on('firmware-2', 'Caleb Whitfield', 'Feather stuck on “up”')
      .mail(2 * HOUR + 30, 'Morning. Scale says “up”. It has said so since last night. I miss my scale.\n\nCaleb'),
    on('firmware-3', 'Theresa Gruber', 'Waage hängt beim Update')
      .mail(HOUR + 15, 'Hallo,\n\nmeine Feather hängt seit heute früh beim Update fest, es steht nur „up“ im Display. Batterien raus und rein hilft nicht.\n\nViele Grüße\nTheresa Gruber'),

    on('catering', 'Tamsin Reed', 'Standing order and the summer terrace', 'trade')
      .mail(9 * DAY, 'Morning all,\n\nthe terrace opens again and we will need more. Could you look at the attached list and tell me whether you can roast that much for Fridays?\n\nTamsin Reed\nThe Slow Tide Café, Leeds', { files: [csv('terrace-order.csv', [['week', 'coffee', 'kilos'], ...Array.from({ length: 8 }, (_, week) => [String(week + 1), coffees[week % 3]?.name ?? '', String(9 + week)])])] })
      .change(9 * DAY - 30, 'tom', { team: 'subscriptions', assignee: 'mara', addTags: ['trade', 'standing-order'] })
      .note(9 * DAY - 60, 'lucia', 'Roastery says 16 kilos on a Friday is the limit as long as the second drum is being serviced. From the 5th on no problem.')
      .reply(9 * DAY - 100, 'mara', 'Lovely news about the terrace. Weeks 1 to 6 are no problem at all. For weeks 7 and 8 the roastery would like to deliver half on Thursday and half on Saturday, because one of the drums is being serviced. Would that work for your fridge?')
      .mail(8 * DAY, 'Hi Mara,\n\nThursday is fine, Saturday is not, nobody is here before ten. Friday noon?\n\nTamsin')
      .reply(8 * DAY - 200, 'mara', 'Friday at noon it is, I have it on the board. You will get the first nine kilos this week.')
      .mail(6 * DAY, 'First delivery came, thank you. One bag was decaf and should not be. Keep it?\n\nT.')
      .reply(6 * DAY - 90, 'mara', 'Please keep it for the guests who ask for decaf, it is not on the invoice. The missing kilo of Lighthouse travels with Friday’s delivery.')
      .mail(5 * DAY + 120, 'Very kind.\n\nAnother thing: my colleague Rhys takes over the orders from next month. Can he write to you directly?\n\nTamsin', { cc: [{ address: 'rhys@slowtide.example', name: 'Rhys Ellery' }] })
      .reply(5 * DAY, 'mara', 'Of course. Rhys, welcome! Just answer to this mail and it will find its way to us.', { cc: ['rhys@slowtide.example'] })
      .mail(2 * HOUR + 44, 'Hello Mara,\n\nRhys here. Could we move this Friday’s delivery to Thursday, before eight? We have a wedding in the house on Friday and no hands free.\n\nAnd is the price list from March still right?\n\nRhys Ellery\nThe Slow Tide Café', { from: { address: 'rhys@slowtide.example', name: 'Rhys Ellery' } }),

    on('sleeping', 'Zsófia Kovács', 'Repair of my grandmother’s Ember')
      .mail(3 * DAY, 'Dear Lantern team,\n\nmy grandmother’s Ember, one of your very first, has stopped heating. She will not have a new one. Is there any chance?\n\nZsófia Kovács')
      .change(3 * DAY - 60, 'mara', { team: 'technical', assignee: 'mara', addTags: ['repair'] })
      .reply(3 * DAY - 80, 'mara', 'There is always a chance. The heating element of the first series has not been made for years, but our workshop has a box of old parts and a man called Paul who loves them. I will write to you as soon as he has looked.', { thenStatus: 'on_hold' })
      .note(2 * DAY, 'jonas', 'Paul has one element left. He wants to test it on the bench tomorrow before we promise anything.')
      .change(2 * DAY - 5, 'mara', { snoozedUntil: later(1, 9) }),

    on('held', 'Ingrid Haugen', 'Customs in Bergen want a form')
      .mail(4 * DAY, 'Hello,\n\ncustoms in Bergen keep my Beacon and ask for a “declaration of origin” from you. They give me ten days.\n\nIngrid')
      .change(4 * DAY - 45, 'tom', { team: 'shipping', assignee: 'mara', addTags: ['customs'], priority: 'high' })
      .reply(4 * DAY - 90, 'mara', 'We have asked the Chamber of Commerce for it; they stamp on Wednesdays. I will send it to you and to the customs office as soon as I hold it in my hands.', { thenStatus: 'on_hold' })
      .note(DAY + 200, 'camille', 'Stamped, but with the wrong HS code. Back to the Chamber, new one promised for tomorrow morning.'),

    on('unread-trade', 'Daan Bakker', 'Left group of the Duo only drips', 'trade')
      .mail(66, 'Hi,\n\nthe left group of our Ember Duo only drips since this morning, the right one works. We have a queue of cyclists outside. Can somebody ring me? 0300 55 21.\n\nDaan\nFietsbar Bakker'),

    on('pregnant', 'Elsa Bergström', 'Something to celebrate')
      .mail(HOUR + 50, 'Hej Mara,\n\nyou once told me which grinder to take, and you were right. Now I need you again: I am pregnant and miss my morning cup. How good is the decaf really? Be as honest as last time.\n\nElsa')
      .change(HOUR + 35, 'ewa', { team: 'subscriptions', assignee: 'mara' }),
  ];
}

function letterhead(): PlannedFile {
  return { filename: 'lantern.png', mediaType: 'image/png', content: lantern(), contentId: 'lantern@studiohavn.example' };
}

/** A newsletter of ours, quoted by a customer's mail program: pictures from far away, a style sheet, and a picture inside. */
function newsletter(): string {
  return `<html><head><style>body{font-family:Georgia,serif;color:#2b2b2b}.hero{width:100%}.quiet{color:#777;font-size:12px}</style></head><body>
<p>Hi all,</p><p>we loved this newsletter in the studio. Can we get <b>6 kilos of the Huila</b> for our opening on the 4th? And would you lend us two grinders for the evening?</p>
<p><img src="cid:lantern@studiohavn.example" alt="Lantern" width="48" height="48"><br><b>Freja Sørensen</b><br>Studio Havn, Aarhus<br><a href="https://studiohavn.example">studiohavn.example</a></p>
<blockquote style="border-left:3px solid #c9b79c;padding-left:12px"><p class="quiet">Lantern Coffee Works wrote:</p>
<img class="hero" src="https://pictures.lanterncoffee.example/2026/huila-harvest.jpg" alt="Coffee cherries being picked">
<h2>New harvest from Huila</h2><p>The first bags of the year are here: red berries, panela, and a farm that has changed everything about how it dries its coffee.</p>
<table style="border-collapse:collapse"><tr><td style="padding:6px 14px;background:#f3eadb">250 g</td><td style="padding:6px 14px">€14.90</td></tr><tr><td style="padding:6px 14px;background:#f3eadb">1 kg</td><td style="padding:6px 14px">€50.70</td></tr></table>
<img src="https://track.lanterncoffee.example/open.gif?c=huila" width="1" height="1" alt=""></blockquote></body></html>`;
}
