import { story } from '../story/story.ts';

/** Beans that come by themselves. */
export const subscriptions = [
  story({ name: 'pause-for-holidays', team: 'subscriptions', weight: 8 }, (s) => {
    s.subscribes();
    s.date('away', s.random.between(2, 9));
    s.date('home', s.random.between(24, 40));
    s.writes('[Please pause my subscription|Holiday: {subscription}|Pausing my coffee for a while|Away until {home}]', `
      [We are away from {away} until {home}|I will be travelling from {away} to {home}|I am going into hospital on {away} and will be home around {home}]. [Could you pause my {coffee} for that time?|Please stop the {coffee} so that it does not sit on the doorstep.|] [I could not find the button.|The website only lets me skip one delivery.|]`);
    s.triage({ tags: ['subscription', 'pause'] });
    s.answers('[Of course.|Done.] Your {coffee} is paused [from today|from {away}], and the first bag after that ships so that it is with you on {home}. [You will not be charged in between.|Nothing is charged meanwhile.] [Have a good trip!|I hope it is a good time.|All the best to you.]', { leaves: 'resolved', within: [5, 100] });
    if (s.chance(0.35)) s.adds('[Thank you so much!|Wonderful, thanks.|You are the best.]', { after: [0.5, 12] });
  }),

  story({ name: 'too-much-coffee', team: 'subscriptions', weight: 6 }, (s) => {
    s.subscribes();
    s.writes('[Fewer deliveries please|Too much coffee!|Change rhythm of {subscription}|Every six weeks instead of four?]', `
      [I love the {coffee}, but I cannot keep up: there are three bags on the shelf.|We drink less since I work from the office again.|The {size} every month is too much for one person.] [Can I get it every six weeks?|Could we make it every two months?|Is there something between monthly and never?]`);
    s.triage({ tags: ['subscription'] });
    s.answers('[Happy to slow it down.|A shelf of three bags is a luxury problem, but an easy one.] Your {coffee} now comes every six weeks, the next one on {nextOn}. [If you open the bags one by one and keep the others closed, they are good for eight weeks after roasting.|Closed bags keep well for about two months; the freezer doubles that.]', { leaves: 'resolved' });
    if (s.chance(0.35)) s.adds('[Perfect. Thank you for the tip with the freezer.|Six weeks is just right.|Great, thanks.]', { after: [1, 30] });
  }),

  story({ name: 'other-grind', team: 'subscriptions', weight: 5 }, (s) => {
    s.subscribes();
    s.knows({ brewer: s.pick(['French press', 'moka pot', 'Aeropress', 'filter machine', 'hand filter']) });
    s.writes('[Ground coffee instead of beans|Change of grind|{subscription}: please grind for {brewer}|Whole beans from now on]', `
      [My grinder has died|I have gone back to a {brewer}|My flatmate has moved out with the grinder], so [could you send my {coffee} ground from now on|please grind the {coffee} for me from the next bag on]? [It is for a {brewer}.|I use a {brewer}.]`);
    s.triage({ tags: ['subscription', 'grind'] });
    s.answers('[Done|All set]: from {nextOn} your {coffee} comes ground for a {brewer}. [Ground coffee fades faster, so I would go for smaller bags more often; tell me if you would like that.|We grind on the morning it ships. Keep it closed and cool and it will be good for three weeks.] [|And if you ever miss the grinding: the Pebble hand grinder fits into any drawer.]', { leaves: 'resolved' });
    if (s.chance(0.4)) s.adds('[Smaller bags more often sounds right, please do that.|Thanks! That will do nicely.]', { after: [1, 24] });
    s.resolves();
  }),

  story({ name: 'wants-to-end-it', team: 'subscriptions', weight: 7 }, (s) => {
    s.subscribes();
    s.writes('[Cancel my subscription|Please cancel {subscription}|Ending my subscription|Cancellation]', `
      [Please cancel my subscription {subscription}|I would like to end my {coffee} subscription] [with immediate effect|before the next bag ships on {nextOn}|as soon as possible]. [It is nothing to do with the coffee, I simply have to save.|We are expecting a baby and I have gone off coffee completely.|I have found a roaster around the corner.|My doctor says no more coffee.]
      [Please confirm.|Thank you for the good time.|]`);
    s.triage({ tags: ['subscription', 'cancellation'] });
    s.answers('[Your subscription {subscription} has ended; nothing more will be sent or charged.|Done: {subscription} is cancelled, and the bag of {nextOn} will not ship.] [Thank you for the months you were with us.|It was a pleasure to roast for you.] [If you ever come back, your settings are still there.|If it is only the caffeine: the Quiet Morning Decaf tastes of brown sugar and apple, and nobody would know.|]', { leaves: 'resolved', within: [5, 90] });
    if (s.chance(0.25)) s.adds('[Thank you for making this so simple.|That was painless. Thanks.|Thank you, {agent}. I will miss it.]', { after: [1, 20] });
  }),

  story({ name: 'tastes-flat', team: 'subscriptions', weight: 5 }, (s) => {
    s.subscribes();
    s.date('roasted', -s.random.between(38, 52));
    s.writes('[{coffee} tastes flat|Stale beans?|This bag is not as it used to be|Old roast date]', `
      [The last bag of {coffee}|The {coffee} that came on Tuesday] [tastes flat and papery|has almost no crema|is missing everything I liked: {taste}]. [The roast date on it is {roasted}.|I found "roasted on {roasted}" on the back.] [Is that normal?|Have you changed something?|I make it exactly as before.]`);
    s.triage({ tags: ['quality'] });
    s.notes('[Roast date {roasted} should never have left the house: old batch from the lower shelf.|Checked the batch: rest was fine. Probably a bag from the returns shelf.] [Told the roastery.|Batch pulled.]', { by: 'colleague' });
    s.answers(`
      Thank you for telling us. A bag from {roasted} should not have left the warehouse: we aim for ten days. [It had slipped behind a newer batch.|Somebody took it from the wrong shelf.]
      A fresh {coffee} is roasted [tomorrow|on Thursday] and comes to you right after, of course without charge. Use the old one for cold brew: it forgives a lot.`);
    if (s.chance(0.65)) s.adds('[The new bag is wonderful again: {taste}, as it should be.|Fresh bag arrived. What a difference!|Thank you, this is the coffee I know.]', { after: [80, 150] });
    s.resolves();
  }),

  story({ name: 'gift-for-a-friend', team: 'subscriptions', weight: 4 }, (s) => {
    s.subscribes();
    s.date('birthday', s.random.between(9, 20));
    s.knows({ friend: s.pick(['my mother', 'an old friend', 'my brother in law', 'our retiring colleague', 'my godson']) });
    s.writes('[Subscription as a present|Giving a subscription|Gift for {birthday}|Can I give six months of coffee?]', `
      [I would like to give {friend} a coffee subscription for half a year.|Is it possible to give somebody six bags, one a month, and pay at once?] The birthday is on {birthday}. [They have no grinder, so it would have to be ground.|I have no idea what to choose, something that everybody likes.|Could you put a card in?]`);
    s.triage({ tags: ['gift', 'subscription'] });
    s.answers('[What a good present.|Lovely idea.] Yes: on {shop}/gift you choose six months, pay once, and pick {birthday} as the day of the first bag. [For somebody whose taste you do not know, I would take the Harbour Blend: cocoa and hazelnut, no surprises.|We grind it if you say so there.] [Write your words in the box "Card" and we copy them by hand, with a real pen.|A handwritten card is included.]');
    if (s.chance(0.6)) {
      s.adds('[Ordered, thank you! Could the first bag arrive a day before?|Done. One question: can I change the address later?|It worked, how lovely that you write the card by hand.]', { after: [2, 40] });
      s.answers('[Of course, I have moved it.|Yes, until three days before each bag; just reply to this mail.|With pleasure.] [It will be a good birthday.|]', { leaves: 'resolved' });
    }
    s.resolves();
  }),

  story({ name: 'moving-house', team: 'subscriptions', weight: 4 }, (s) => {
    s.subscribes();
    s.date('move', s.random.between(4, 14));
    s.knows({ street: s.pick(['Rosemary Hill 14', '3 Harbour View', 'Kapelstraat 88', 'Via dei Mille 12', 'Granville Road 61, flat B']) });
    s.writes('[We are moving|New address for {subscription}|Moving on {move}]', `
      We are moving on {move}. From then on, please send the {coffee} to {street}[, {city}|]. [The bag before that may still come to the old address.|Not earlier, please, or the new tenants will be very happy.]`);
    s.triage({ tags: ['address', 'subscription'] });
    s.answers('Noted: everything that ships [after|from] {move} goes to {street}. [The bag of {nextOn} still goes to your old home|Your next bag is due on {nextOn}]. [Good luck with the boxes!|I hope the kitchen is the first room you unpack.]', { leaves: 'resolved' });
  }),

  story({ name: 'switch-to-decaf', team: 'subscriptions', weight: 3 }, (s) => {
    s.subscribes();
    s.writes('[Switching to decaf|Can I change to Quiet Morning?|Decaf for a while]', `
      [I am pregnant, hooray, and would like to switch my {coffee} to decaf.|My heart doctor and I have agreed on decaf.|I cannot sleep any more and suspect the {coffee}.] [Can I change without ending the subscription?|Is your decaf any good? Be honest.]`);
    s.triage({ tags: ['subscription'] });
    s.answers('[Congratulations!|Good decision.|Of course.] From {nextOn} you get the Quiet Morning Decaf instead. Honestly: it is the one we drink here after four o’clock. Brown sugar, a bit of apple, and it takes milk well. [Should you not like it, the first bag is on us.|You can switch back whenever you like.]', { leaves: 'resolved' });
    if (s.chance(0.5)) s.adds('[I would not have known it is decaf. Thank you!|First cup today. You were right.]', { after: [90, 170] });
  }),
];
