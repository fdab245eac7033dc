import { invoice, receipt } from '../files/index.ts';
import { story } from '../story/story.ts';

/** Charges, invoices, refunds, cards and vouchers. */
export const billing = [
  story({ name: 'charged-twice', team: 'billing', weight: 8 }, (s) => {
    s.order(['machine', 'grinder', 'kettle', 'scale'], [2, 6]);
    s.writes('[Charged twice for {order}|Double payment|{total} taken two times|Two charges on my card]', `
      [My card was charged {total} twice for order {order}.|I see two payments of {total} to LANTERN COFFEE on my statement, both from {orderedOn}.|You have taken {total} from my account two times.] [I only ordered once.|There is only one confirmation mail.|The page hung when I paid, perhaps that is why.]

      [Please return one of them.|Could you check and refund the second one?|How soon will I have it back?]`);
    s.triage({ tags: ['double-charge'], priority: s.chance(0.3) ? 'high' : 'normal' });
    const isHold = s.chance(0.55);
    s.notes(isHold ? 'One captured payment, one authorisation that was never captured. Lapses by itself on day seven.' : 'Two captures, 40 seconds apart, same basket. [Refunding the second.|Second one goes back today.]');
    if (isHold) {
      s.answers(`
        [I looked this up right away.|Thank you for asking, I have checked both.] One of the two is a real payment. The other is a reservation: when the payment page hung, your bank set {total} aside a second time, but we have never collected it, and it has no way to reach us any more.
        Your bank releases it by itself, usually within seven days. [If it is still there after that, send me a screenshot and I will ring the payment company with you.|I have asked our payment company to release it early; that works with most banks.]`);
      if (s.chance(0.6)) s.adds('[It has just disappeared from my account, thank you.|Clear explanation, thank you. I will wait.|Understood. The second one is gone this morning.]', { after: [8, 80] });
      s.resolves();
    } else {
      s.answers(`
        You are right: our payment page sent your order twice within a minute, and both went through. I have refunded the second payment of {total} just now; your bank shows it in two to five days.
        [I am sorry.|That should not happen, and the people who look after the shop know about it.] Your order itself is [fine and on its way|not affected].`, { leaves: 'resolved' });
      if (s.chance(0.4)) s.adds('[Refund received, thank you.|Money is back. Thanks for the fast help.]', { after: [50, 110] });
    }
  }),

  story({ name: 'invoice-for-the-company', team: 'billing', weight: 7 }, (s) => {
    s.order(['machine', 'grinder', 'kettle', 'accessory'], [3, 25]);
    const vat = `${s.customer.country}${s.random.digits(9)}`;
    s.knows({ vat, firm: s.customer.business ?? s.pick(['Millrace Studio', 'Oakfield Dental Practice', 'Bluebird Translations', 'Kestrel Surveyors', 'Paper Lantern Theatre']) });
    s.writes('[Invoice for {order}|Need an invoice with VAT number|Please correct my invoice|{invoice}: company name missing]', `
      [Could you send me an invoice for order {order}, made out to {firm}?|Invoice {invoice} is made out to me privately. Could it be changed to {firm}?|My accountant asks for a proper invoice for {order}.] [Our VAT number is {vat}.|VAT number: {vat}.]
      [|We close the books at the end of the week, so soon would be lovely.|A PDF is enough.]`);
    s.triage({ tags: ['invoice'] });
    s.answers('[Here it is|Gladly, it is attached]: {invoice}, made out to {firm} with your VAT number. [The old one is cancelled by it, so please give your accountant only this one.|I have saved the company details with your account, so the next invoice will be right by itself.]', {
      leaves: 'resolved', files: [invoice(s.fact('invoice'), s.fact('firm'), vat, s.fact('label'), Number(s.fact('totalMinor')), s.begins)],
    });
    if (s.chance(0.3)) s.adds('[Perfect, thank you.|Exactly what I needed.|Thanks, that was quick.]', { after: [0.5, 30] });
  }),

  story({ name: 'refund-is-late', team: 'billing', weight: 6 }, (s) => {
    const product = s.order(['grinder', 'kettle', 'scale', 'machine'], [24, 34]);
    s.money('back', product.priceMinor);
    s.date('promised', -s.random.between(7, 11));
    s.knows({ arn: `7${s.random.digits(7)}` });
    s.writes('[Refund for {order} not here yet|Where is my refund?|Still waiting for {back}|Refund {order}]', `
      [On {promised} you told me|I was told on {promised}] that {back} for the returned {product} [were on their way|had been refunded]. [Nothing has arrived.|I check every day and there is nothing.|My bank says that they see nothing coming in.]
      [Could you look into it?|When will I get my money?]`);
    s.triage({ tags: ['refund'] });
    const isStuck = s.chance(0.4);
    s.notes(isStuck ? 'Refund bounced: card has expired since. Asked for the account number.' : 'Refund went out on {promised}, reference {arn}. Bank has it.');
    if (isStuck) {
      s.answers(`
        I found the reason: the refund came back to us because the card you had paid with has expired in the meantime. Nobody told us, and we did not tell you. I am sorry.
        Could you reply with an IBAN and the name of the account holder? [I will send the {back} by bank transfer the same day.|Then I make a transfer of {back} today.] [Please never send card numbers by mail.|]`);
      s.adds('[IBAN: IE29 AIBK 9311 5212 3456 78, account holder {name}.|Thanks for finding out. It is IE29 AIBK 9311 5212 3456 78, in my name.]', { after: [1, 24] });
      s.answers('Thank you. {back} left us as a bank transfer a few minutes ago and will be with you [tomorrow|by tomorrow evening].', { leaves: 'resolved' });
      if (s.chance(0.5)) s.adds('[Arrived. Thank you, {agent}.|The money is here, thanks.]', { after: [22, 50] });
    } else {
      s.answers(`
        I see the refund on our side: {back}, sent on {promised}. Some banks take up to ten working days to show it, and a few only show it on the next statement.
        If you ring them, give them the reference {arn}: with it they can find it even before it is booked. [Write to me if they cannot, and I will ask our payment company to search for it.|]`);
      if (s.chance(0.65)) s.adds('[With the reference they found it in a minute. Thank you!|It is booked today. Sorry for the impatience.|Found it, it was on my credit card and not on my current account.]', { after: [8, 80] });
      s.resolves();
    }
  }),

  story({ name: 'card-declined', team: 'billing', weight: 6 }, (s) => {
    s.subscribes();
    s.writes('[Payment failed for my subscription|Card declined?|{subscription}: payment problem|New card]', `
      [I got a mail that the payment for my {coffee} subscription failed.|You write that my card was declined.|My bank has sent me a new card, the old one no longer works.] [There is enough money on it, I checked.|Where do I enter the new one?|I tried to change it on the website and it only says "something went wrong".]
      [I do not want to miss the next bag.|Please do not cancel the subscription.|]`);
    s.triage({ tags: ['card', 'subscription'] });
    s.answers(`
      [Thank you for getting in touch.|No bag will be missed, I promise.] [Your bank asks for a confirmation in its app which timed out.|Your old card has expired.|The bank declined without telling us why; that is common with new cards.]
      Please open {shop}/account, "Payment", and enter the card there. [We never need the number by mail.|Please do not send card details by mail; we could not accept them.] As soon as it is in, the payment is tried again by itself[, and your {coffee} ships on {nextOn} as planned|].`);
    if (s.chance(0.7)) {
      s.adds('[Done, it worked now.|New card is in. Did it go through?|That worked, thank you.]', { after: [1, 40] });
      s.answers('[It did: {planPrice} is paid|Yes, the payment of {planPrice} went through] and your next bag ships on {nextOn}. [Enjoy it!|]', { leaves: 'resolved' });
    }
    s.resolves();
  }),

  story({ name: 'voucher-refuses', team: 'billing', weight: 5 }, (s) => {
    s.knows({ code: s.pick(['AUTUMN10', 'FRIEND15', 'HARBOUR5', 'NEWCUP', 'THANKYOU20']), own: s.random.digits(4), next: `LC-${52_000 + s.random.between(0, 900)}` });
    s.writes('[Discount code {code} does not work|{code} not accepted|Problem with voucher]', `
      [I am trying to order and the code {code} is not accepted.|The shop says "code not valid for this basket" for {code}.|My code {code} does nothing.] [It is valid until the end of the month according to your newsletter.|A friend used hers yesterday.|I typed it three times.]
      [Can you help before my basket empties itself?|What am I doing wrong?]`);
    s.triage({ tags: ['voucher'], within: [2, 35] });
    s.answers('[You are doing nothing wrong.|It is not you.] {code} [does not go together with things already on sale, and your basket has one|was limited to the first order with a new address; the shop should say so instead of "not valid"|expired at midnight although the newsletter said otherwise]. [I have made you a code of your own: LANTERN-{own}. It works once, until Sunday.|Order as you are, and I will take the discount off by hand: just reply with the order number.]', { within: [5, 70] });
    if (s.chance(0.6)) s.adds('[That worked, thank you!|Ordered! Thanks for the quick help.|Perfect. {next}.]', { after: [0.3, 9] });
    s.resolves();
  }),

  story({ name: 'unknown-charge', team: 'billing', weight: 5 }, (s) => {
    s.subscribes();
    s.writes('[What is LANTERNCOFFEE DUBLIN {planPrice}?|Unknown charge {planPrice}|I do not recognise this payment|Unauthorised payment]', `
      [My statement shows {planPrice} to LANTERNCOFFEE DUBLIN.|There is a payment of {planPrice} to you which I cannot explain.|You have charged me {planPrice}.] [I have not ordered anything this month.|I have never heard of you.|I cancelled, or so I thought.]
      [Please explain, or I will have my bank take it back.|What is this for?|Is my card being misused?]`);
    s.triage({ tags: ['unknown-charge'], priority: 'high' });
    s.notes('Found by address: subscription {subscription}, [started with a gift box by a partner|trial bag from the spring, went on monthly|same surname, other first name].');
    s.answers(`
      [I understand the alarm.|Thank you for asking us first.] The payment belongs to subscription {subscription}: {size} of {coffee}, every month. It was [started from a tasting box that turned into a subscription after the first month|ordered with another first name but with your address; perhaps somebody in your home].
      If nobody wanted it: tell me, and I will refund the {planPrice} and end the subscription today. [A charge taken back through the bank costs both of us weeks.|You would not need to involve your bank.]`);
    if (s.chance(0.5)) {
      s.adds('[My husband confesses. Sorry! Please leave it running.|It is my daughter’s. All clear, thank you.|Ah. I remember now. Embarrassing. Please keep it going.]', { after: [1, 30] });
      s.answers('[These things happen in the best of families.|No harm done at all.] [The next bag ships on {nextOn}.|Enjoy the {coffee}.]', { leaves: 'resolved' });
    } else {
      s.adds('[Nobody here wants it. Please cancel and refund.|No, please stop it and return the money.]', { after: [1, 26] });
      s.answers('Done: {subscription} has ended and {planPrice} are on their way back to your card. [You will get a confirmation of both by mail.|I have also asked that the tasting box says more clearly what comes after it.]', { leaves: 'resolved' });
    }
  }),

  story({ name: 'gift-card', team: 'billing', weight: 5 }, (s) => {
    s.money('value', s.pick([2_500, 5_000, 7_500, 10_000]));
    s.writes('[Gift card never arrived|Gift card over {value}|Where is the gift card I bought?|Balance of a gift card]', `
      [I bought a gift card over {value} for a friend and she has not received the mail.|My gift card of {value} shows no balance at checkout.|The gift card I ordered for my brother has not been delivered, and his birthday is tomorrow.] [I paid straight away.|She has looked in the spam folder as well.|]
      [Could you send it again?|What can I do?]`);
    s.triage({ tags: ['gift-card'] });
    s.notes('[Mail was rejected by the recipient’s provider, mailbox full.|Typo in the recipient’s address: two dots.|Card is active, code was read as O instead of zero.]');
    s.answers('[I found it: |]the mail [had come back to us because of a small typing error in the address|was refused by her mailbox, which is full]. I have sent the gift card to you instead, as a PDF you can print or pass on. [It is worth {value} and has no end date.|The value of {value} is untouched.]', { files: [receipt('Gift card', s.fact('value'), s.begins)], leaves: 'resolved' });
    if (s.chance(0.4)) s.adds('[Thank you, just in time!|She has it now and is over the moon.|Printed and wrapped. Thanks!]', { after: [0.5, 20] });
  }),

  story({ name: 'price-went-up', team: 'billing', weight: 4 }, (s) => {
    s.subscribes();
    s.money('before', Math.round(Number(s.fact('planMinor')) * 0.92));
    s.writes('[Why is my subscription more expensive?|Price increase|{before} became {planPrice}|{subscription}: new price]', `
      [My {coffee} was {before} until last month and is {planPrice} now.|I noticed that you raised the price of my subscription from {before} to {planPrice}.] [I do not remember being told.|A word beforehand would have been nice.|I understand that coffee costs more everywhere, but still.]
      [Can I keep the old price?|What are my options?]`);
    s.triage({ tags: ['price', 'subscription'] });
    s.answers(`
      [You are right to ask.|I can see why that is unwelcome.] Green coffee has become a good deal dearer since the poor harvests, and in the autumn we raised the prices for the first time in two years. We wrote to all subscribers on the first of the month; [your copy came back to us undelivered|I see that the mail landed with the promotions, where nobody reads it].
      Because the news did not reach you, I have set the old price of {before} for your next two bags. [If you would rather move to the Harbour Blend, that one stays below the old price for good.|And you can change or end the subscription at any time, without a reason.]`);
    if (s.chance(0.6)) s.adds('[That is generous, thank you. I will stay.|Fair. Let me try the Harbour Blend from the next bag then.|Thank you for the honest answer.]', { after: [2, 40] });
    s.resolves();
  }),

  story({ name: 'pays-by-transfer', team: 'billing', weight: 3 }, (s) => {
    s.order(['machine'], [1, 5]);
    s.writes('[Paid {order} by bank transfer|Transfer for {order}|Did my payment arrive?]', `
      [I transferred {total} for order {order} [on Monday|three days ago] and it still says "waiting for payment".|Could you confirm that my transfer of {total} has arrived?] [I am afraid I forgot to put the order number in.|Reference: {order}.|The transfer came from my company's account.]`);
    s.triage({ tags: ['payment'] });
    s.answers('[It is here|Found it]: {total}, [booked this morning|booked yesterday without a reference, which is why it had not found your order]. I have matched it with {order}, and your {product} [ships today|ships tomorrow morning].', { leaves: 'resolved' });
    if (s.chance(0.4)) s.adds('[Great, thank you.|Wonderful, looking forward to it.]', { after: [1, 20] });
  }),
];
