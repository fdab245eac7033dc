import { csv, invoice, priceList } from '../files/index.ts';
import { story } from '../story/story.ts';
import type { DemoCustomer } from '../customers.ts';

const isBusiness = (customer: DemoCustomer) => customer.business !== null;

/** Cafés and offices, who write to the trade desk. */
export const trade = [
  story({ name: 'asks-for-prices', team: 'billing', weight: 7, inbox: 'trade', suits: isBusiness }, (s) => {
    s.knows({ kilos: String(s.random.between(3, 14)) });
    s.writes('[Price list for cafés|Trade prices|Wholesale beans for {business}|Enquiry from {business}]', `
      We run {business} in {city} and [get through|use] about {kilos} kilos of coffee a week. [Our roaster is retiring, so we look for a new one.|We tasted your Lighthouse Espresso at a friend's place.|We would like beans that still taste of something under oat milk.]
      Could you send us [your trade prices and delivery days|a price list and perhaps samples]?`);
    s.triage({ tags: ['trade', 'price-list'] });
    s.answers('Thank you for thinking of us. [The price list is attached.|I attach our prices.] With {kilos} kilos a week you are in the second step, and delivery is free. We roast on Mondays and Wednesdays; what you order by noon on Tuesday is with you on Friday.\n\nThree samples of 250 g leave for {city} today. [Brew them as you would for your guests, and tell me honestly.|If you tell me your grinder, I can suggest settings.]', { files: [priceList()] });
    s.adds('[The samples are here. The Lighthouse is what we were looking for.|We tasted with the whole team: Harbour Blend won, by a nose.] [Could we start with {kilos} kilos a week, from next Monday?|What do you need from us to begin?]', { after: [70, 150] });
    s.answers('[Wonderful.|Welcome!] {kilos} kilos a week are set up from Monday, paid by invoice within 14 days. [I have put my direct number on the order confirmation.|Write to this address when you need more or less; until Tuesday noon everything can be changed.]', { leaves: 'resolved' });
  }),

  story({ name: 'standing-order-change', team: 'subscriptions', weight: 8, inbox: 'trade', suits: isBusiness }, (s) => {
    s.knows({ kilos: String(s.random.between(4, 18)), coffee: s.pick(['Lighthouse Espresso', 'Harbour Blend', 'Quiet Morning Decaf']) });
    s.date('from', s.random.between(3, 8));
    s.writes('[Standing order {business}|More {coffee} from {from}|Change to our weekly order|Order for the coming weeks]', `
      [Could we have {kilos} kilos of {coffee} from {from}|Please change our weekly {coffee} to {kilos} kilos as of {from}]? [The terrace is open again.|We have a festival in town for two weeks.|The new office on the third floor drinks more than expected.] [The list for the next weeks is attached.|The rest stays as it is.|]`,
      { files: s.chance(0.5) ? [csv('standing-order.csv', [['week', 'coffee', 'kilos'], ...[1, 2, 3, 4].map((week) => [String(week), s.fact('coffee'), s.fact('kilos')])])] : [] });
    s.triage({ tags: ['trade', 'standing-order'], within: [3, 50] });
    s.answers('[Noted|Done]: {kilos} kilos of {coffee} a week from {from}, the rest unchanged. [The roastery knows.|It will show on the next invoice.] [Have a good season!|]', { leaves: 'resolved', within: [10, 120] });
    if (s.chance(0.3)) s.adds('[Perfect, thanks.|Cheers.]', { after: [0.3, 6] });
  }),

  story({ name: 'beans-did-not-come', team: 'shipping', weight: 5, inbox: 'trade', suits: isBusiness }, (s) => {
    s.knows({ kilos: String(s.random.between(5, 15)), carrier: s.pick(['Swiftline', 'Nordparcel']) });
    s.writes('[No delivery today!|Beans missing, we open at seven|Urgent: Friday delivery|{business}: nothing came]', `
      [Our {kilos} kilos did not come today.|The Friday delivery is not here.] [We have beans for one more morning.|We are down to the last bag.|The weekend is our busiest time.] [Where are they?|Please call me, or tell me what to do.]`);
    s.triage({ tags: ['trade', 'delivery'], priority: 'urgent', within: [1, 10] });
    s.notes('{carrier}: [pallet label torn off, found in the depot.|lorry broke down outside of town.] [They can bring it tomorrow before seven if we pay the special trip. Paying.|Courier booked from our side, 46 euro, fine.]', { within: [2, 12] });
    s.answers('[I am on it.|I have {carrier} on the other line.] Your beans [are in the depot with a torn label|were on a lorry that broke down]; I have booked a special trip, and they will be at your door [tomorrow before seven|tonight by nine]. The trip is on us. [My number is on your order confirmation, ring me if nobody has come by then.|]', { within: [3, 25], leaves: 'pending' });
    s.adds('[They are here. You have saved our Saturday.|Delivered at 6:40. Thank you, thank you.]', { after: [9, 16] });
    s.resolves();
  }),

  story({ name: 'invoice-question', team: 'billing', weight: 6, inbox: 'trade', suits: isBusiness }, (s) => {
    const number = `INV-${s.begins.getUTCFullYear()}-T${s.random.between(1100, 4900)}`;
    const kilos = s.random.between(10, 60);
    s.knows({ number, kilos: String(kilos), less: String(kilos - s.random.between(2, 6)) });
    s.money('sum', kilos * 2_150);
    s.writes('[Question about {number}|{number}: quantity|Reminder received, but we paid|Invoice {number}]', `
      [Invoice {number} over {sum} lists {kilos} kilos, but we only received {less}.|You have sent a reminder for {number} ({sum}). We paid it last week.] [The delivery notes are with me.|Could you check your side?|I attach the invoice so that we speak of the same one.]`,
      { files: [invoice(number, s.fact('business'), 'on file', `Lighthouse Espresso, ${kilos} kg`, kilos * 2_150, s.begins)] });
    s.triage({ tags: ['trade', 'invoice'] });
    s.notes('[Paid, but with last month’s reference.|One delivery was short, driver wrote it on the note and nobody typed it in.]', { by: 'colleague' });
    s.answers('[You are right, and I am sorry.|Thank you for looking so closely.] [Your payment had arrived with the reference of the month before; it is matched now and the reminder is void.|One delivery was short, and the note did not make it into the books. A corrected invoice follows in an hour.]', { leaves: 'resolved' });
    if (s.chance(0.3)) s.adds('[Thank you for the quick check.|All clear now.]', { after: [1, 20] });
  }),

  story({ name: 'machine-service', team: 'technical', weight: 4, inbox: 'trade', suits: isBusiness }, (s) => {
    s.date('visit', s.random.between(3, 9));
    s.writes('[Service for our machine|Yearly check|Ember Duo at {business}: service|Machine needs love]', `
      [Our Ember Duo has made its 30,000th coffee and starts to drip.|The yearly service of our machine is due.|The left group is slower than the right one.] [Early in the morning is best.|Could somebody come before we open?]`);
    s.triage({ tags: ['trade', 'service'] });
    s.answers('[Our technician Paul is in your area on {visitDay}, {visit}, and could be with you at 8.|I have {visitDay}, {visit}, at 8 in the morning for you.] He brings gaskets, screens and a fresh pump, and needs about ninety minutes. [Does that suit you?|Shall I book it?]');
    s.adds('[Yes please.|{visitDay} at 8 is good, somebody will be there.|Perfect.]', { after: [1, 20] });
    s.answers('Booked: Paul, {visitDay}, {visit}, at 8. [Please switch the machine off the evening before, he likes it cold.|He rings when he is ten minutes away.]', { leaves: 'on_hold' });
    s.passes([120, 230]);
    s.notes('[Paul: all gaskets, both screens, new pump left. Next service in twelve months.|Paul: fine machine, well looked after. Water filter was overdue.]', { by: 'colleague' });
    s.answers('Paul reports that everything went well; [the left pump is new and both groups run alike|he also changed the water filter]. The invoice follows. [Until next year!|]', { leaves: 'resolved' });
  }),
];
