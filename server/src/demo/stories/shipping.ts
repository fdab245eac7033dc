import { photo, receipt, returnLabel } from '../files/index.ts';
import { isAbroad, story } from '../story/story.ts';

/** Parcels on their way, or not. */
export const shipping = [
  story({ name: 'parcel-stands-still', team: 'shipping', weight: 11 }, (s) => {
    s.order(['machine', 'grinder', 'kettle', 'scale'], [6, 11]);
    s.date('stillSince', -4);
    s.date('needed', s.random.between(3, 9));
    s.knows({ scan: s.pick(['Arrived at sorting hub', 'In transit', 'Handed to line haul', 'Departed facility', 'Awaiting onward transport']) });
    s.writes('[Where is my order {order}?|Order {order} not moving|{order}: any news?|Tracking {parcel} is stuck|My {product} has gone missing in the post]', `
      [I ordered|On {orderedOn} I ordered|Two of us chipped in for] [a|the] {product}[| (order {order})] and the tracking[| number {parcel}] [has not changed since {stillSince}|has been saying "{scan}" since {stillSince}|got as far as "{scan}" on {stillSince} and then went quiet].

      [Could you find out where it is?|Is it lost, do you think?|Can somebody chase {carrier} for me? Their own page only tells me to contact the sender.|{carrier} would not talk to me because I am not the sender. Could you ask them?]
      [|It is a present for my [sister|father|flatmate|neighbour], for {needed}, so I am a bit nervous.|I will be away from {needed}, so the timing matters.|No great rush, I would just like to know that it exists.]`);
    s.triage({ tags: ['delivery'] });
    if (s.chance(0.6)) s.notes('[Rang {carrier}|Called {carrier}|Opened a trace with {carrier}]: [last seen at the hub, no damage report. They have two working days to answer.|they can see it on the floor, it missed the lorry on {stillSince}.|trace started, reference {parcel}-T. Look again after the weekend.]', { by: s.chance(0.7) ? 'agent' : 'colleague' });
    s.answers(`
      [Thank you for writing, and sorry for the worry.|I am sorry the parcel is keeping you waiting.|That is not the journey it was meant to take, sorry.]
      I have [asked {carrier} to look for {parcel}|opened a trace for {parcel} with {carrier}|been on the phone with {carrier} about {parcel}]: [it was last scanned on {stillSince} and has most likely missed its onward lorry|it is at their hub and they are looking for it on the floor right now|it was sorted to the wrong line and has to travel back].

      They [owe me an answer within two working days|will answer by tomorrow evening]. If they have not found it by then, I will send you a new {product} [the same day|at once], at no cost to you. [You do not need to do anything.|There is nothing you need to do meanwhile.]`, { leaves: 'on_hold' });
    const isFound = s.chance(0.62);
    if (isFound) {
      s.passes([20, 50]);
      s.answers(`
        [Good news|It has turned up]: {carrier} found your parcel, and it is [moving again|back on a lorry]. They expect to deliver it [tomorrow|within two days].
        I will keep an eye on it until it is with you. [|I have also sent you a code for free shipping on your next order, for the nerves.]`);
      if (s.chance(0.8)) s.adds('[It came this morning, thank you|Just arrived|It is here, and in one piece]! [The {product} is even nicer than in the pictures.|Thanks for staying on it, {agent}.|I had given up on it, honestly. Thank you.|Great service, much appreciated.]', { after: [20, 60] });
    } else {
      s.passes([30, 55]);
      s.notes('[{carrier} declares it lost.|Trace came back empty, {carrier} accepts the claim.] New {product} [packed|released], [claim for {price} filed|claim is with {carrier}].');
      s.answers(`
        {carrier} could not find your parcel, so I have sent a new {product} today; the new tracking number is on its way to you in a separate mail.
        [If the first one ever turns up at your door, simply refuse it.|Should the first parcel surprise us all and arrive, let me know and I will have it picked up.] [I am sorry it took a second attempt.|Thank you for your patience with this.]`);
      if (s.chance(0.6)) s.adds('[Thank you, that is more than fair.|Appreciated. I will let you know when it arrives.|Thanks for sorting it so quickly.]', { after: [1, 12] });
    }
    s.resolves();
  }),

  story({ name: 'delivered-but-not-here', team: 'shipping', weight: 6 }, (s) => {
    s.order(['machine', 'grinder', 'kettle', 'scale', 'accessory'], [4, 7]);
    s.date('delivered', -1);
    s.writes('[Says delivered, but it is not here|{order} marked as delivered, nothing received|Missing parcel {parcel}|Not delivered!]', `
      [According to {carrier} my parcel|The tracking says that {parcel}|Order {order}] was [delivered|"handed to resident"] on {delivered}[| at 11:40]. [It was not.|I was at home the whole day and nobody rang.|Nobody here has it, and I have asked both neighbours.]
      [|The "proof of delivery" is a photo of a door that is not mine.|There is a signature I do not recognise.]

      [What happens now?|Please help.|Could you check where it really went?]`);
    s.triage({ tags: ['delivery', 'not-received'] });
    s.answers(`
      [I am sorry, that is exhausting.|How annoying, I am sorry.] Before I start a claim: [is there a neighbour, porter or parcel locker|could it be with a neighbour, a porter or in a locker] where {carrier} sometimes leaves things? They [quite often scan first and hand over later|mark parcels as delivered at the end of the round, right or wrong].

      I have asked them for the delivery point's coordinates and the driver's note. If it has not turned up by tomorrow evening, I send you a new one and argue with {carrier} myself.`);
    if (s.chance(0.55)) {
      s.adds('[You were right, |Mystery solved: ]it was [with the bakery downstairs|behind the bins, in the rain, but the inside is dry|at number 14, they are on holiday until today|in the bike shed]. [Sorry for the alarm!|Thanks for the quick help.|All good now.]', { after: [3, 26] });
      s.answers('[I am glad it was found.|Wonderful, thank you for telling me.|What a hiding place.] [Enjoy your first cup!|I will pass a word about it on to {carrier} all the same.] ', { leaves: 'resolved' });
    } else {
      s.adds('[No, nothing. I asked the whole staircase.|Still nothing, and no note in the letterbox either.|No neighbour has it. The porter has not seen it.]', { after: [4, 26] });
      s.notes('GPS point of the scan is [300 m away, in a parallel street|in front of the depot, so it was scanned before the round]. Clear case, [claim opened|claim form sent].', { by: 'colleague' });
      s.answers(`
        Thank you for checking. {carrier}'s own coordinates show that it was [scanned a few streets away|scanned before the driver had even left the depot], so this one is on them.
        A new parcel leaves our warehouse [this afternoon|tomorrow morning]. I have asked for delivery against signature this time. [You will get the tracking number tonight.|]`);
      if (s.chance(0.7)) s.adds('[Arrived today, signed for and all. Thank you.|Thank you, it is here now.|Perfect, thanks for believing me.]', { after: [48, 90] });
      s.resolves();
    }
  }),

  story({ name: 'arrived-broken', team: 'shipping', weight: 7 }, (s) => {
    const product = s.order(['machine', 'grinder', 'kettle', 'accessory'], [4, 8]);
    s.knows({
      damage: s.pick(
        product.kind === 'kettle' ? ['the spout is bent', 'there is a dent the size of an egg in its side', 'the lid does not close any more']
        : product.kind === 'machine' ? ['the drip tray is cracked', 'the water tank has a split down one side', 'the portafilter hook has snapped off', 'the left side panel is dented']
        : product.kind === 'grinder' ? ['the bean hopper is in three pieces', 'the collar is bent and will not turn', 'the catch cup is cracked']
        : ['it is chipped', 'it came in two pieces', 'there is a deep scratch right across the front'],
      ),
    });
    s.writes('[Arrived damaged: {order}|Damaged {product}|Broken on arrival|{product} damaged in transit]', `
      [My {product} came today|The {product} from order {order} arrived this morning|I finally unpacked my {product}] and {damage}. [The box looked fine from outside.|The box had clearly been dropped on a corner.|There was hardly any padding on that side.]
      [|I have taken pictures and can send them.|Photos attached.|Everything else seems to be all right.]

      [What would you like me to do?|Can I get a replacement[| part]?|Shall I send it back?]`);
    s.triage({ tags: ['damaged'] });
    if (s.chance(0.5)) {
      s.answers(`
        [Oh no, I am sorry.|That is a sad way to start, I am sorry.] Could you send me [two photos|a photo or two], one of the damage and one of the box with its label? {carrier} asks for them, and they help me to send the right part. [Please keep the box for a few days.|]`);
      s.adds('[Here you go.|Photos attached.|Please find the pictures attached. The box is still here.]', { after: [1, 20], files: [photo('box', s.random)] });
    }
    s.notes('[Replacement part is in stock, bin C-14.|Whole unit goes out, part is not sold separately.|Third one this month with the corner crushed: told the packing table.]', { by: s.chance(0.5) ? 'agent' : 'colleague' });
    s.answers(`
      [Thank you for the pictures.|Thank you for the clear description.|I am sorry that your {product} did not survive the trip.] [A new one leaves today|The part you need leaves our warehouse today|I am sending you a new one] by {carrier}; [it should be with you in two to four days|count on two to four days].
      [You can keep or recycle the damaged piece, we do not need it back.|Please put the damaged one into the same box. {carrier} will collect it when they bring the new one; you need not print anything.]`);
    if (s.chance(0.75)) s.adds('[The replacement came today and is perfect.|It is here, all in one piece. Thank you!|Replacement received, many thanks.] [|The first espresso was terrible, but that was me.|Very happy with how you handled this.]', { after: [40, 96] });
    s.resolves();
  }),

  story({ name: 'wrong-thing-in-the-box', team: 'shipping', weight: 5 }, (s) => {
    s.order(['grinder', 'scale', 'accessory', 'kettle'], [3, 6]);
    s.knows({ got: s.pick(['a set of stoneware cups', 'two bags of Harbour Blend', 'a knock box', 'a descaling kit', 'somebody else’s order, with their name on the slip']) });
    s.writes('[Wrong item in order {order}|You sent me the wrong thing|Mix-up with {order}|Not what I ordered]', `
      [I ordered a {product}|My order {order} was for a {product}], [but the box contains {got}|and what I found in the parcel is {got}]. [The delivery note is right, only the content is not.|It is lovely, but it is not mine.|Somewhere somebody is looking at my {product}.]

      [How do we swap them?|Could you send the right one, and tell me what to do with this one?|Please let me know how to return it.]`);
    s.triage({ tags: ['wrong-item'] });
    s.answers(`
      [That is our mistake, and I am sorry.|Sorry, two boxes must have swapped labels on our table.] Your {product} [leaves today|is already being packed], [with priority|on the fast lane].
      [Please keep {got} as a thank-you for your trouble.|For the other one I attach a return label: print it, stick it over the old one and drop it at any {carrier} shop.|{carrier} will pick up the wrong one when they deliver the right one.]`);
    if (s.chance(0.6)) s.adds('[Got the right one now, thank you.|Swapped this morning. Thanks, {agent}.|All sorted. Quick work!]', { after: [30, 90] });
    s.resolves();
  }),

  story({ name: 'new-address', team: 'shipping', weight: 6 }, (s) => {
    s.order(['machine', 'grinder', 'kettle', 'scale', 'accessory'], [0.1, 1.2]);
    s.knows({ street: s.pick(['Mill Lane 7', 'Station Road 112, flat 3', 'Orchard Street 21', '48 Quay Street, second floor', 'Lindenweg 5', 'Church Terrace 9B']) });
    s.writes('[Change of address for {order}|Wrong address on my order|Please change delivery address|{order}: can you still change the address?]', `
      [I have just ordered a {product}|I placed order {order} [an hour ago|last night]] and [noticed that it still has my old address|my browser filled in my old address|I would rather have it sent to work]. [Could you change it to|Please send it to|The right one is]: {street}, {city}?
      [|I hope it is not too late.|Thank you, and sorry for the bother!]`);
    s.triage({ tags: ['address'], within: [2, 30] });
    if (s.chance(0.7)) {
      s.answers('[Done|All changed|Caught it in time]: order {order} will go to {street}, {city}. [It leaves us tomorrow and you will get the tracking number by mail.|I have changed it in your customer account too, so the next order knows.|]', { leaves: 'resolved', within: [3, 60] });
      if (s.chance(0.35)) s.adds('[Brilliant, thank you.|That was quick. Thanks!|Thank you!]', { after: [0.3, 5] });
    } else {
      s.answers('I was a few minutes late: the parcel has already left. I have asked {carrier} to redirect {parcel} to {street}, {city}. That usually works and costs a day. [I will check tomorrow morning and write to you either way.|]', { leaves: 'on_hold' });
      s.passes([18, 30]);
      s.answers('The redirection went through: {carrier} will deliver to {street} [tomorrow|on their next round].', { leaves: 'resolved' });
    }
    s.resolves();
  }),

  story({ name: 'customs-charge', team: 'shipping', weight: 6, suits: isAbroad }, (s) => {
    s.order(['machine', 'grinder', 'kettle'], [8, 14]);
    s.money('duty', s.random.between(2_200, 13_900));
    s.writes('[Customs wants {duty}|Unexpected import charge on {order}|Parcel {parcel} held at customs|Duties for my {product}]', `
      [{carrier} asks me to pay {duty} before they hand over my {product}.|My parcel is held at customs in {city} and I am told to pay {duty}.|I got a letter from customs about order {order}: {duty}.] [At checkout it said that taxes were included.|I do not remember reading about this when I ordered.|Is this real, or one of those scam messages?]

      [Please advise.|Do I have to pay it?|What exactly am I paying for?]`);
    s.triage({ tags: ['customs'] });
    s.notes('[Invoice on the parcel shows the full price with Irish VAT: sent with the wrong paperwork.|Checkout had prepaid duties switched off for this country until last week.|Looks genuine, the amount fits the tariff for coffee machines.]', { by: s.chance(0.4) ? 'colleague' : 'agent' });
    if (s.chance(0.5)) {
      s.answers(`
        [It is a real charge|This one is genuine], but not one you should have to pay: the checkout promised you a price with everything included. [Something went wrong with the paperwork on our side.|]
        Please pay it so that the parcel does not travel back, send me a picture of the receipt, and I will refund the {duty} [the same day|at once].`);
      s.adds('[Paid and collected. Receipt attached.|Done, here is the receipt.]', { after: [20, 70], files: [receipt('Customs receipt', s.fact('duty'), s.begins)] });
      s.answers('Thank you. I have refunded {duty} to the card you paid with; banks take two to five days to show it. [I am sorry for the detour.|Thank you for lending it to us.]', { leaves: 'resolved' });
    } else {
      s.answers(`
        The charge is genuine: it is your country's import tax plus {carrier}'s handling fee. For your country we ship without prepaid duties; it says so on the checkout page under "Delivery", but I know how easily one reads past that line.

        [If you would rather not pay it, refuse the parcel: once it is back with us I will refund {price} in full.|I have taken the shipping cost off, so that you get a little of it back.]`);
      if (s.chance(0.6)) s.adds('[All right, understood. I have paid it.|Not happy, but thank you for the straight answer.|Fair enough. The {product} is worth it.]', { after: [2, 26] });
      s.resolves();
    }
  }),

  story({ name: 'part-missing', team: 'shipping', weight: 5 }, (s) => {
    s.order(['machine', 'grinder', 'kettle'], [3, 9]);
    s.knows({ part: s.pick(['measuring spoon', 'cleaning brush', 'second filter basket', 'power cable', 'small hex key', 'printed manual', 'blind disc']) });
    s.writes('[Something is missing from my box|Missing: {part}|{order} incomplete|No {part} in the box]', `
      [The {product} is great, but|I have unpacked my {product} and] the {part} [is not in the box|seems to be missing|was not there, although the list on the lid shows it]. [I have looked under every flap.|I checked the packaging twice.|]
      [Could you send it?|Would you mind posting one?|Can I get it without returning everything?]`);
    s.triage({ tags: ['missing-part'] });
    s.answers('[Sorry about that.|That should not happen, sorry.] The {part} goes out by letter post today and should be with you in [three to five|two to four] days. [You can use the {product} without it until then.|No need to return anything.]', { leaves: 'resolved' });
    if (s.chance(0.35)) s.adds('[It came, thank you!|Received, thanks.|Lovely, the letter was here after two days.]', { after: [50, 110] });
    s.resolves();
  }),

  story({ name: 'wants-to-return', team: 'shipping', weight: 8 }, (s) => {
    const product = s.order(['machine', 'grinder', 'kettle', 'scale', 'accessory'], [6, 12]);
    s.money('back', product.priceMinor);
    s.writes('[Return of {order}|I would like to send something back|Return request, {product}|Not for me after all: {order}]', `
      I [bought|ordered] a {product} ([order {order}|{order}, {orderedOn}]) and would like to return it. [It is too big for my kitchen, which is entirely my own fault.|I was given the very same one for my birthday.|It is beautiful but louder than I hoped.|I have decided on a bigger one instead.] It has [not been used|been used once, and is cleaned].

      [How does this work?|Could you send me a label?|What do I need to do?]`);
    s.triage({ tags: ['return'] });
    s.answers(`
      [Of course.|No problem at all.|Thank you for telling us in good time.] I attach a return label for {carrier}. Please [pack it in the original box|put everything into the original box, with all its parts], stick the label on and drop it at any shop of theirs.
      As soon as it has arrived and been looked over, I will refund {back}. [That takes about a week, mostly because of the road.|You will hear from me when it is here.]`, { files: [returnLabel(s.fact('order'), s.fact('carrier'), s.fact('parcel'))] });
    s.adds('[Dropped off today|It is on its way|Sent this morning]. [Here is the receipt number: {parcel}.|Thank you for making it easy.|]', { after: [20, 80] });
    s.changes({ status: 'on_hold' });
    s.passes([60, 110]);
    s.notes('[Back in the warehouse|Arrived at returns], [as new, goes to B-stock|box opened, otherwise fine]. [Refund {back}.|]', { by: 'colleague' });
    s.answers('Your {product} is back with us and in perfect shape. I have refunded {back} today; it will be on your [card|account] within two to five days. [I hope we see you again.|Thank you for packing it so carefully.]', { leaves: 'resolved' });
    if (s.chance(0.3)) s.adds('[Thank you, money is here.|Received. That went smoothly.]', { after: [60, 110] });
  }),

  story({ name: 'came-back-to-sender', team: 'shipping', weight: 3 }, (s) => {
    s.order(['grinder', 'kettle', 'scale', 'accessory'], [12, 18]);
    s.writes('[Parcel returned to you?|{parcel} "returned to sender"|Why was my order sent back?]', `
      [The tracking now says "returned to sender".|I see that {parcel} is on its way back to you.] [I never got a card about picking it up.|The pick-up shop was closed for renovation the whole week.|I was on holiday and thought it would be kept for longer.]
      [Can you send it again|Could you please ship it once more][ to my home address|, and I will be at home this time|]?`);
    s.triage({ tags: ['delivery', 'returned'] });
    s.answers('[It is on its way back, you are right.|Yes, {carrier} keeps parcels for seven days only.] As soon as it is here I will send it again, [this time straight to your door|to your home address], and the second trip is on us. [That should be early next week.|I expect it in two or three days.]', { leaves: 'on_hold' });
    s.passes([50, 90]);
    s.answers('Your parcel is back and has left again today. [Fingers crossed.|Tracking follows in a separate mail.]');
    if (s.chance(0.7)) s.adds('[Got it! Thank you.|Second time lucky. Thanks a lot.]', { after: [40, 80] });
    s.resolves();
  }),

  story({ name: 'in-time-for-the-day', team: 'shipping', weight: 4 }, (s) => {
    s.order(['machine', 'grinder', 'kettle'], [0.2, 1]);
    s.date('party', s.random.between(4, 8));
    s.writes('[Will it arrive by {partyDay}?|Question about delivery date|{order}: by {party}?]', `
      [I have just ordered a {product} for my [wife's|husband's|mum's|best friend's] birthday on {partyDay}, {party}.|My {product} needs to be here by {partyDay}: it is a leaving present.] [Will it make it?|Is that realistic?] [If not, I would pay for express.|Is there a faster option?]`);
    s.triage({ tags: ['delivery'], within: [2, 40] });
    s.answers('[It leaves us this afternoon|I have just walked over to the packing table: it leaves today], and {carrier} usually needs two days to {city}, so {partyDay} [looks good|should be fine with room to spare]. [I have put a note on it so that it goes out first.|I moved it to express at our cost, to be on the safe side.] I will watch it until it is there.', { within: [4, 50] });
    if (s.chance(0.6)) s.adds('[It is here and hidden under the bed. Thank you!|Arrived with a day to spare. You are wonderful.|Came today, phew. Thanks {agent}!]', { after: [40, 70] });
    s.resolves();
  }),

  story({ name: 'half-an-order', team: 'shipping', weight: 4 }, (s) => {
    s.order(['machine', 'grinder'], [4, 7]);
    s.knows({ rest: s.pick(['the milk jug', 'the two bags of beans', 'the tamper', 'the cups']) });
    s.writes('[Only half of {order} arrived|Incomplete delivery|Where is the rest of my order?]', `
      [The {product} came today|I received the {product} from {order}], but {rest} [I ordered with it|from the same order] did not come with it. [Is there a second parcel?|Was something forgotten?]`);
    s.triage({ tags: ['delivery'] });
    s.answers('[It travels in a parcel of its own|We packed it separately so that it does not get crushed]: tracking number {parcel}, due [tomorrow|in two days]. [The confirmation mail should say so more clearly, I have passed that on.|Sorry that this was not obvious from the mail.]', { leaves: 'resolved' });
    if (s.chance(0.4)) s.adds('[Ah, thank you. I see it now.|Arrived just now, everything is here.]', { after: [2, 40] });
    s.resolves();
  }),
];
