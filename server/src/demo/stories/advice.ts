import { story } from '../story/story.ts';

/** Questions before and after buying, kind words, and what else lands in a mailbox. */
export const advice = [
  story({ name: 'which-grinder', team: 'technical', weight: 6 }, (s) => {
    s.knows({ machine: s.pick(['an Ember', 'an old lever machine', 'a moka pot', 'a Beacon and an Aeropress', 'an Ember Duo']) });
    s.writes('[Which grinder for {machine}?|Pebble or Quarry?|Advice on a grinder|Grinder question]', `
      [I have {machine} at home and look for a grinder.|My grinder has given up, and I make coffee with {machine}.] [I hesitate between the Pebble and the Quarry.|Is the hand grinder enough, or will I regret it?|It should be quiet, I get up at five and nobody else does.] [We drink two to four cups a day.|I mostly make filter, espresso at weekends.|Budget is about 300.]`);
    s.triage({ tags: ['advice'] });
    s.answers('[A question we like.|Let me ask you back: do you mind turning a handle before the first coffee?] The Pebble grinds as evenly as the Quarry and takes forty seconds of arm for a double shot; it is also the quiet one. The Quarry does the same in eight seconds, with steps so fine that you feel every one of them in an espresso. [For two to four cups a day and filter most of the time, I would take the Pebble and spend the rest on beans.|With {machine} I would take the Quarry: you will change settings often, and that is what it is good at.] [Both may come back within 30 days, used or not.|]');
    if (s.chance(0.6)) s.adds('[Quarry it is. Ordered, thank you!|Pebble then. Thank you for not selling me the expensive one.|Very helpful, I will sleep on it.]', { after: [2, 60] });
    s.resolves();
  }),

  story({ name: 'does-it-fit', team: 'technical', weight: 5 }, (s) => {
    s.knows({ thing: s.pick(['the walnut tamper', 'a bottomless portafilter', 'the 22 g basket', 'the knock box']), mine: s.pick(['the first Ember from three years ago', 'my Ember', 'a machine of another make, 58 mm', 'the Ember Duo']) });
    s.writes('[Does {thing} fit?|Compatibility question|{thing} and {mine}]', `
      [Does {thing} fit {mine}?|Before I order {thing}: will it work with {mine}?] [I have measured 58 mm but am not sure where one measures.|The page only speaks of "most machines".|]`);
    s.triage({ tags: ['advice'], within: [3, 60] });
    s.answers('[Yes, it does.|It fits, I have just tried it on the machine in our kitchen.] [All our machines have taken 58 mm since the beginning.|One measures the inside of the basket, and 58 is right.] [If it should wobble after all, send it back at our cost.|Only the very first Ember, with serial numbers below 2000, needs the thinner gasket with it.]', { leaves: 'resolved' });
    if (s.chance(0.35)) s.adds('[Ordered. Thanks!|Thanks for checking in person.]', { after: [1, 30] });
  }),

  story({ name: 'voltage', team: 'technical', weight: 3, suits: (customer) => ['US', 'CA', 'JP', 'KR', 'MX'].includes(customer.country) }, (s) => {
    s.writes('[Voltage of the Ember|110 V version?|Will it work in {city}?]', `
      [Do you sell the Ember for 110 volts?|I would like to bring an Ember home to {city}. Our mains are at 100 to 120 volts.] [Would a transformer do?|Is there a version for us?]`);
    s.triage({ tags: ['advice'] });
    s.answers('[I have to disappoint you a little:|Thank you for asking before ordering:] the Ember heats with 230 volts only, and a transformer for 1,450 watts costs and weighs as much as the machine. [The Beacon comes in a 120 volt version; it ships from the same warehouse.|A 120 volt Ember is planned for the spring. Shall I write to you when it can be ordered?|The Pebble needs no mains at all, if that is a comfort.]');
    if (s.chance(0.6)) s.adds('[Yes, please let me know in spring!|The Beacon it is then. Thank you.|Thanks for being frank.]', { after: [4, 40] });
    s.resolves();
  }),

  story({ name: 'recipe-for-beans', team: 'subscriptions', weight: 4 }, (s) => {
    s.subscribes();
    s.writes('[How would you brew the {coffee}?|Recipe for {coffee}|Sour {coffee}]', `
      [My first bag of {coffee} came and I cannot find the {taste} you promise.|How do you brew the {coffee} yourselves?] [Mine is sour.|Mine tastes a bit empty.|I use a V60 and boiling water.|I make it in a French press, four minutes.]`);
    s.triage({ tags: ['advice', 'recipe'] });
    s.answers(`
      [My favourite question of the day.|Gladly.] Here is how we drink it in the roastery:

      1. 15 g of coffee, ground like sea salt, 250 g of water just off the boil.
      2. Pour 45 g, wait for 40 seconds, then the rest in two slow rounds.
      3. It should have run through after three minutes. Sour means finer, bitter means coarser.

      [And let it cool for five minutes: {taste} come out when it is lukewarm.|Give the bag a week after the roast date; it opens up.]`);
    if (s.chance(0.65)) s.adds('[There it is! Thank you.|Finer was the answer. Delicious.|My partner asked what I had done differently.]', { after: [10, 70] });
    s.resolves();
  }),

  story({ name: 'kind-words', team: 'subscriptions', weight: 4 }, (s) => {
    s.order(['machine', 'grinder', 'kettle'], [20, 200]);
    s.writes('[Just wanted to say thank you|A compliment|No problem, only praise]', `
      [No complaint this time.|Nothing is wrong, I simply wanted to write.] [I have had my {product} for a while now, and it still makes me happy every morning.|Yesterday my mother in law, who has hated my coffee for twenty years, asked for a second cup.|The postcard in the last parcel is on our fridge.] [Please tell the people who pack the parcels.|Keep going!|Thank you all.]`);
    s.triage({ tags: ['praise'] });
    s.notes('Read it out in the morning round. [Packing table has it on the wall.|Printed for the workshop.]', { by: 'colleague' });
    s.answers('[You have made the day of nine people here.|Thank you! I have read it aloud in our morning round.] [Your mother in law has taste, it just needed time.|The packing table has pinned it up.] [May the {product} last for many years.|Write whenever you like, with or without a problem.]', { leaves: 'resolved' });
  }),

  story({ name: 'workshop-place', team: 'subscriptions', weight: 4 }, (s) => {
    s.date('on', s.random.between(5, 16));
    s.knows({ theme: s.pick(['Espresso from scratch', 'Milk and latte art', 'Filter for the curious']) });
    s.writes('[Workshop on {on}|Moving my place on the course|Can my friend come too?|Course "{theme}"]', `
      [I have booked "{theme}" on {on} and cannot make it after all. Can I move to another date?|Is there still a place in "{theme}" on {on} for a friend of mine?|I am booked for "{theme}" on {on}. Is it all right to bring my own grinder?]`);
    s.triage({ tags: ['workshop'] });
    s.answers('[Of course.|No problem.] [I have moved you to the next date, two weeks later, same time.|There is one place left and I have put a name on it; you can pay on the day.|Bring it along, we will set it up together.] [Coffee and cake are included, hunger is welcome.|You find us through the blue door on the quay.]', { leaves: 'resolved' });
    if (s.chance(0.4)) s.adds('[Super, thank you.|We look forward to it!]', { after: [1, 30] });
  }),

  story({ name: 'data-request', team: 'billing', weight: 2 }, (s) => {
    s.knows({ address: s.customer.address });
    s.writes('[Request for my data|What do you store about me?|Please delete my account]', `
      [Under the data protection law I ask for a copy of everything you store about me.|Please delete my customer account and the data in it.] [I was a customer until last year.|My address with you is {address}.|]`);
    s.triage({ tags: ['privacy'], priority: 'high' });
    s.notes('Statutory deadline one month. [Export requested from the shop.|Invoices stay for the tax office, the rest can go.]', { by: 'agent' });
    s.answers('[Thank you, I have received your request and you will have the answer within two weeks at the latest.|I confirm your request.] [To be sure that it is you, I have sent a short code to the address on file; please reply with it.|Invoices must be kept for the tax office; everything else will be removed, and I will tell you when it is done.]', { leaves: 'on_hold' });
    s.passes([90, 200]);
    s.answers('[It is done.|Your request is complete:] [your account and everything in it has been removed, apart from four invoices that the law makes us keep.|the export is ready; you can fetch it from the link in a separate mail, protected by the code you already have.]', { leaves: 'resolved' });
  }),

  story({ name: 'old-device-recycling', team: 'shipping', weight: 3 }, (s) => {
    s.order(['machine', 'grinder', 'kettle'], [300, 500]);
    s.writes('[Do you take back old machines?|Recycling my old {product}|What to do with the old one?]', `
      [My old {product} has reached its end.|I have bought a new one and the old {product} still half works.] [Do you take it back?|Can it be donated somewhere?|Throwing it away feels wrong.]`);
    s.triage({ tags: ['recycling'] });
    s.answers('[We do, gladly.|It should not end in a bin.] Send it with the attached label, free of charge: our workshop takes it apart, [what still works lives on in loan machines|good parts go into repairs], the rest is recycled properly. [As a thank-you you get a bag of Harbour Blend with your next order.|]', { leaves: 'resolved' });
    if (s.chance(0.4)) s.adds('[Great idea. On its way.|Thank you, sent it off today.]', { after: [20, 90] });
  }),

  story({ name: 'offers-its-services', team: 'billing', weight: 3 }, (s) => {
    s.knows({ pitch: s.pick(['your search engine ranking', 'a partnership on social media', 'warehouse robots', 'your office cleaning', 'shelf space at our trade fair']) });
    s.writes('[Quick question about {pitch}|Proposal|Following up: {pitch}|15 minutes of your time?]', `
      [I came across your shop and noticed that there is potential in {pitch}.|We help companies like yours with {pitch}.] [Could we talk for fifteen minutes on Tuesday?|Who is the right person to talk to?|I have prepared a free analysis for you.]`);
    s.changes({ status: 'resolved', addTags: ['sales-pitch'], assignee: s.agent.key }, { within: [10, 200], by: 'agent' });
  }),

  story({ name: 'press-and-jobs', team: 'subscriptions', weight: 2 }, (s) => {
    s.writes('[Interview request|Application as a barista trainer|Photos for our magazine|Do you have summer jobs?]', `
      [I write for a small food magazine and would love to visit the roastery.|I have worked as a barista for six years and would like to teach your workshops.|My daughter is sixteen and looks for a summer job; she is punctual and likes coffee more than she should.] [Whom can I talk to?|May I send you more?]`);
    s.triage({ tags: ['other'] });
    s.notes('Passed on to [the roastery|Nuala in the office]. They answer by themselves, nothing more for us.', { by: 'agent' });
    s.answers('[Thank you for thinking of us.|What a nice mail.] I have passed it on to [Nuala in our office|the people in the roastery], who will write to you [this week|in the next days].', { leaves: 'resolved' });
  }),
];
