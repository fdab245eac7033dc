import { photo } from '../files/index.ts';
import { story } from '../story/story.ts';

/** Machines that do not do what they should. */
export const technical = [
  story({ name: 'runs-too-fast', team: 'technical', weight: 8 }, (s) => {
    s.order(['machine'], [5, 60]);
    s.knows({ seconds: String(s.random.between(9, 14)), better: String(s.random.between(24, 29)) });
    s.writes('[Espresso runs through in {seconds} seconds|Shot too fast|No pressure on my {product}?|Watery espresso]', `
      [My shots run through in about {seconds} seconds|Whatever I do, the coffee gushes out in {seconds} seconds] and [taste sour|are thin, with hardly any crema|the needle never gets past 4 bar]. [I use 18 g|I fill the basket to the brim] of [supermarket beans|Harbour Blend|ground coffee from a packet]. [Is the pump broken?|Is my {product} faulty?|What am I doing wrong?]`);
    s.triage({ tags: ['how-to', 'grind'] });
    s.answers(`
      [Good news first: that does not sound like a fault.|The pump is almost certainly fine.] The pressure comes from the coffee: when it is ground too coarsely, water simply falls through. Could you try this?

      1. Go [two|three] steps finer on the grinder, keep 18 g, and level it before you tamp.
      2. Start the clock with the pump. You want 36 g in the cup after 25 to 30 seconds.
      3. Still too fast? One more step finer. Only ever change one thing at a time.

      [Packet coffee is ground for filter and will always run too fast.|If your beans carry no roast date they may simply be too old to build pressure.] Tell me the number of seconds and I will know what comes next.`);
    s.adds('[Three steps finer and I am at 27 seconds. What a difference, thank you!|{better} seconds now and it tastes of chocolate. So it was me.|Closer: 19 seconds. It is drinkable!]', { after: [3, 60] });
    if (s.chance(0.5)) s.answers('[That is exactly where you want to be.|One step more, and you are there.] [When you open a new bag you will need a small correction; that is normal.|Enjoy, and write whenever a shot goes wrong again.]', { leaves: 'resolved' });
    s.resolves();
  }),

  story({ name: 'error-e4', team: 'technical', weight: 6 }, (s) => {
    s.order(['machine'], [20, 200]);
    s.knows({ serial: s.random.digits(6) });
    s.writes('[Error E4|{product} shows E4|E4 although the tank is full|"E4" and three beeps]', `
      [My {product} beeps three times and shows E4.|Since this morning there is an E4 on the display.] [The water tank is full.|I have filled the tank, emptied it, filled it again.|The book says "no water", but there is water.] [Coffee guests come at four!|It worked perfectly yesterday.|I have had it for about a year.]`);
    s.triage({ tags: ['e4'] });
    s.answers(`
      E4 means that the machine does not feel the tank. It feels it with a small magnet in a float, and that float likes to stick.

      - Take the tank out and look at the little white float at its back, on the right. Push it up and down with a spoon handle; it should move freely.
      - Rinse it with warm water and a drop of vinegar if there is any scale.
      - Put the tank back until you hear it click.

      [Nine times out of ten that is all.|That solves it nearly always.] If not, tell me the serial number from under the drip tray and I will send a new tank.`);
    if (s.chance(0.65)) {
      s.adds('[The float it was. It moves again and so do I.|Fixed! A crumb of scale, smaller than a grain of rice.|That did it. Thank you for the clear steps.]', { after: [0.5, 20] });
      s.resolves({ within: [5, 60] });
    } else {
      s.adds('[No luck. Float moves freely and E4 stays.|Tried it all. Still E4.] Serial number: EM-{serial}.', { after: [1, 24] });
      s.notes('[In warranty.|Out of warranty by three weeks, goodwill.] Tank [free of charge|under warranty], [shelf T-02|two in stock].');
      s.answers('[Thank you for trying.|Then it is the sensor in the tank.] A new tank leaves today and is free of charge. [It just slides in, no tools needed.|You can recycle the old one.]', { leaves: 'pending' });
      if (s.chance(0.6)) s.adds('[New tank, no E4. Thank you!|Works again. Great service.]', { after: [50, 100] });
      s.resolves();
    }
  }),

  story({ name: 'drips-at-the-side', team: 'technical', weight: 6 }, (s) => {
    s.order(['machine'], [150, 420]);
    s.writes('[Leaking at the portafilter|Water drips from the side|{product} leaks|Coffee everywhere]', `
      [When I pull a shot, water comes out at the side of the handle.|My {product} has started to drip around the portafilter.|About a third of the coffee ends up beside the cup.] [I have to turn the handle much further to the right than before.|It started a few weeks ago and gets worse.|I have had it for a good year and use it daily.] [Can that be repaired at home?|Do I need to send it in?]`);
    s.triage({ tags: ['gasket', 'spare-part'] });
    s.answers(`
      That is the group gasket: a rubber ring that hardens with heat and is due about once a year. You can change it at home in ten minutes, with the machine cold and a small screwdriver.

      [I am sending you one today, free of charge. It comes with a card of six pictures.|It costs 7.90 and I have put it into your basket; with the picture card you will manage.] [Until then you can go on using it, the dripping does no harm.|Please do not tighten the handle by force meanwhile.]`, { files: s.chance(0.3) ? [photo('machine', s.random)] : [] });
    if (s.chance(0.6)) {
      s.adds('[Gasket is in. It took eleven minutes and one curse word. Dry as a bone!|Changed it, works like new.|The old one came out in crumbs. All dry now, thank you.]', { after: [70, 150] });
    } else if (s.chance(0.5)) {
      s.adds('[I cannot get the old ring out. Any trick?|It sits like concrete. What now?]', { after: [70, 120] });
      s.answers('[There is a trick: |]screw a thin wood screw two millimetres into the rubber, left and right, and pull on both with pliers. Warm the group with a wet, hot cloth first. [It looks brutal and is perfectly fine.|]');
      s.adds('[That did it! Thank you.|Out it came. Clever.]', { after: [2, 30] });
    }
    s.resolves();
  }),

  story({ name: 'stone-in-the-grinder', team: 'technical', weight: 5 }, (s) => {
    s.order(['grinder'], [15, 300]);
    s.writes('[Grinder blocked|{product} hums but does not turn|Grinder jammed|Burning smell from the grinder]', `
      [My {product} hums but nothing turns.|There was a crack and now the {product} is blocked.|The {product} stopped in the middle of grinding.] [I have switched it off at once.|There is a faint smell of warm electronics.|It is full of beans.] [Is it broken?|What can I do?]`);
    s.triage({ tags: ['grinder'], priority: s.chance(0.2) ? 'high' : 'normal' });
    s.answers(`
      [Switching it off was exactly right.|Please leave it unplugged for now.] It sounds like a small stone or twig between the burrs: it comes with the harvest and slips past every sorter once in a while.

      1. Unplug it, take the hopper off and tip the beans out.
      2. Turn the ring all the way to coarse until the upper burr lifts out.
      3. Brush everything off and look for something pale and hard.
      4. Put it back, turn to your setting with the motor running and no beans.

      If a tooth of the burr is chipped, send me a picture and I replace the pair.`);
    s.adds('[Found it! A pebble, the size of a peppercorn.|There was a little stone. All good again.|A twig! It runs again. Thank you so much.|I found a stone, and one tooth is chipped. Picture attached.]', { after: [3, 40], files: s.chance(0.3) ? [photo('grinder', s.random)] : [] });
    if (s.chance(0.4)) s.answers('[New burrs are on their way, free of charge: our stone, our burrs.|I am glad. Keep the stone as a lucky charm.] [Throw in a handful of old beans first when you start it again.|]', { leaves: 'resolved' });
    s.resolves();
  }),

  story({ name: 'descaling-light', team: 'technical', weight: 6 }, (s) => {
    s.order(['machine'], [60, 300]);
    s.writes('[Descaling light stays on|How do I reset the descaling light?|Descaled twice, still orange]', `
      [I have descaled my {product} exactly as in the book and the orange light is still on.|The descaling light came back after two days.|Descaled twice. The light does not care.] [Our water is soft, by the way.|I used vinegar, is that a problem?|What am I missing?]`);
    s.triage({ tags: ['descaling', 'how-to'] });
    s.answers(`
      [The machine has a small rule that the book hides on page 31:|There is a trick to it:] the light only goes out when a full tank of clear water has run through after the descaler, without a pause of more than five minutes.

      So: fill the tank with fresh water, hold the steam and the cup button together for three seconds, and let it run to the end. [Vinegar is fine for kettles, but please not for machines: it makes the gaskets brittle.|With soft water you can set the hardness to 1, then it asks only twice a year.]`);
    if (s.chance(0.65)) s.adds('[Light is off. Page 31 indeed!|That was it. Thank you, {agent}.|It worked. You should print that in bigger letters.]', { after: [2, 50] });
    s.resolves();
  }),

  story({ name: 'kettle-too-cool', team: 'technical', weight: 4 }, (s) => {
    s.order(['kettle'], [10, 200]);
    s.writes('[Kettle shows 96 but is not|Heron kettle temperature wrong|{product}: how exact is the thermometer?]', `
      [My {product} shows 96 degrees, my kitchen thermometer says 89.|The water from the {product} is never as hot as it says.] [I measured in the spout and in the cup.|I live at 800 m, does that matter?|For green tea that makes a difference.] [Can it be adjusted?|Is it faulty?]`);
    s.triage({ tags: ['kettle'] });
    s.answers('[A few degrees are lost on the way into a cold cup: measured there, 89 after 96 is normal.|The sensor sits at the bottom and is right to within one degree; the cup takes away five or six.] To check the kettle itself, hold your thermometer into the closed kettle, without touching the floor, one minute after the beep. [If that is off by more than two degrees, I send you a new base.|You can also correct it: hold + and – together until "CAL" appears.]');
    s.adds('[In the kettle it is 95. So all is well, thanks for explaining.|CAL did the trick!|Off by seven degrees, even in the kettle.]', { after: [5, 60] });
    s.answers('[Then everything is as it should be. Warm the cup first, and you keep four degrees.|In that case I send you a new base today; keep the kettle.]', { leaves: 'resolved' });
  }),

  story({ name: 'scale-does-not-pair', team: 'technical', weight: 6 }, (s) => {
    s.order(['scale'], [3, 90]);
    s.knows({ phone: s.pick(['Android 16', 'iOS 26', 'an older tablet', 'Android 15']) });
    s.writes('[Feather scale will not pair|Scale not found|App cannot see the scale|Bluetooth problem with the Feather]', `
      [The app does not find my {product}.|My {product} worked for a week and now the app says "no scale nearby".|Pairing stops at 80 % every time.] [Phone: {phone}.|I use {phone}.] [I have tried it with fresh batteries.|I have installed the app anew.|It still weighs correctly by itself.]`);
    s.triage({ tags: ['app', 'bluetooth', 'firmware-2-3'] });
    s.notes('[Same as the others: firmware 2.3 and a sleeping radio.|One more for 2.3. Fix is in 2.3.1.]');
    s.answers(`
      [Thank you for the details.|You are not alone with this.] Version 2.3 of the scale's software lets its radio sleep too deeply. The cure is 2.3.1, which came out this week:

      - take one battery out, hold the tare button, put it back in and keep holding for ten seconds until the display shows "up"
      - open the app: it now finds the scale as "Feather (update)"
      - let it finish, about two minutes, with the phone beside the scale

      [Your recipes stay.|Nothing you have saved gets lost.]`);
    if (s.chance(0.7)) s.adds('[Updated, pairs at once now. Thanks!|2.3.1 is on it and it works.|Took two attempts but now it is fine.]', { after: [2, 50] });
    s.resolves();
  }),

  story({ name: 'timer-resets', team: 'technical', weight: 5 }, (s) => {
    s.order(['machine'], [30, 200]);
    s.writes('[Switch-on timer forgets itself|Timer resets every night|Machine cold in the morning|Clock jumps back]', `
      [Since the last update my {product} forgets the timer every night.|I set the machine to switch on at 6:15 and in the morning it is stone cold.|The clock jumps back to 00:00 when the heating goes off.] [It used to work.|I noticed it first last week.] [My mornings depend on it!|Can you fix this?]`);
    s.triage({ tags: ['firmware-2-3', 'known-fault'] });
    s.answers('[You have found a fault of ours|That is a known fault, and ours]: the software of this month loses the timer when the machine goes into deep sleep. The repaired version is being tested and should be out within the week. [Until then, set "sleep after" to 4 h in the app; it then keeps the timer.|Meanwhile, switch off "eco" in the app, that keeps the clock alive.] I will write to you when it is out, you need not watch for it.', { leaves: 'on_hold' });
    s.passes([80, 130]);
    s.answers('[As promised|Here it is]: the new version is out and fixes the timer. The app offers it when you open it next to the machine; it takes five minutes. [Thank you for your patience.|And thank you for describing it so exactly, it helped to find it.]');
    if (s.chance(0.6)) s.adds('[Installed, timer survived the night. Hooray.|Warm machine at 6:15. Thank you for thinking of me.]', { after: [20, 70] });
    s.resolves();
  }),

  story({ name: 'weak-steam', team: 'technical', weight: 5 }, (s) => {
    s.order(['machine'], [40, 250]);
    s.writes('[Steam has become weak|No proper milk foam any more|Steam wand blocked?]', `
      [The steam of my {product} has become weak|It takes for ever to foam a jug of milk|My steam wand only spits water]. [We use oat milk.|I wipe it every time, honestly.|It was strong in the beginning.] [What can I do?|Does it need to go in for repair?]`);
    s.triage({ tags: ['steam', 'how-to'] });
    s.answers('[Milk that creeps up into the tip is the usual reason, wiping or not.|I am fairly sure that the tip is clogged.] Unscrew it by hand when the wand is cold (to the left), lay it into hot water with a spoon of cleaner for twenty minutes, and push a toothpick through each of the four holes. [Give a short burst of steam right after each jug, and it stays clear.|If it is still weak without the tip on, tell me, then it is something else.]');
    if (s.chance(0.7)) s.adds('[Wow. That was disgusting and effective.|Steam like on the first day!|One hole was completely shut. Thank you.]', { after: [4, 60] });
    s.resolves();
  }),

  story({ name: 'trips-the-fuse', team: 'technical', weight: 2 }, (s) => {
    s.order(['machine'], [10, 300]);
    s.writes('[Machine trips the fuse|Power goes off when I switch it on|Smell and no power]', `
      [When I switch my {product} on, the power in the whole kitchen goes off.|My {product} trips the breaker about a minute after switching on.] [It smells faintly of burning.|I have tried two sockets.|I have unplugged it for now.] [Is it dangerous?|Please tell me what to do.]`);
    s.triage({ tags: ['safety', 'repair'], priority: 'urgent', within: [1, 12] });
    s.notes('[Safety case: priority, told Aoife.|Water on the heating element most likely. Pick-up booked, loan machine reserved.] Do not let the customer try anything.', { by: 'agent', within: [1, 5] });
    s.answers(`
      Please leave it unplugged and do not try it again. Unplugged it is not dangerous. [The fuse did exactly what it is for.|]

      {carrier} picks it up [tomorrow|the day after tomorrow] between 9 and 1; they bring a padded box and need nothing from you but to empty the tank. So that you are not without coffee, they bring you a loan machine. [Our workshop opens yours on the day it arrives and I will tell you what they found.|The repair is covered by the warranty.]`, { within: [4, 30], leaves: 'on_hold' });
    s.adds('[Picked up, and the loan machine is already making coffee. I did not expect that.|They came. Thank you for the quick help.]', { after: [24, 48] });
    s.notes('Workshop: [hairline crack in the heating element|seal of the boiler valve, water on the board]. Part in stock, [test run over night|ready in two days].', { by: 'colleague', within: [200, 500] });
    s.answers('Our workshop has found it: [a hairline crack in the heating element|a tired seal at the boiler valve]. It is being replaced and runs through a night of tests; by the end of the week it goes back to you. [All of it is covered by the warranty.|You pay nothing.] The loan machine goes back in the same box.', { leaves: 'pending' });
    if (s.chance(0.6)) s.adds('[It is back and works. Thank you for taking this seriously.|Home again. Very impressed with your service.]', { after: [90, 150] });
    s.resolves();
  }),

  story({ name: 'where-is-my-repair', team: 'technical', weight: 4 }, (s) => {
    s.order(['machine', 'grinder'], [200, 500]);
    s.date('sentIn', -s.random.between(9, 16));
    s.knows({ repair: `R-${s.random.between(1180, 1990)}` });
    s.writes('[Repair {repair}: how far is it?|News about my repair|Any update on {repair}?]', `
      [I sent my {product} in on {sentIn} and have heard nothing since it arrived.|How is my {product} doing? Repair number {repair}.] [You said ten days.|I do not want to push, I just miss it.|Instant coffee is not a solution.]`);
    s.triage({ tags: ['repair'] });
    s.notes('[Workshop: waiting for the pump from the supplier.|Workshop: done since yesterday, nobody told us.|Bench 2, under test.]', { by: 'colleague' });
    if (s.chance(0.5)) s.answers('[I have just been down in the workshop.|Sorry for the silence.] Your {product} is [finished and passed its night of tests|ready]: new [pump|pressure valve|switch], descaled and cleaned. It leaves today by {carrier}. [The repair is free of charge.|The workshop put in a new gasket while they were at it.]', { leaves: 'resolved' });
    else {
      s.answers('[You should have heard from us, I am sorry.|Thank you for your patience.] We are waiting for a pump from our supplier, who promises it for the end of the week; then it takes a day. [If it comes later, I will send you a new machine instead of letting you wait.|Would a loan machine help until then?]', { leaves: 'on_hold' });
      s.passes([70, 110]);
      s.answers('The pump came, is in, and your {product} passed its tests last night. It leaves us today. [Thank you for waiting.|]', { leaves: 'resolved' });
    }
    if (s.chance(0.4)) s.adds('[It is back. First cappuccino in three weeks!|Received, works perfectly. Thank you.]', { after: [48, 96] });
    s.resolves();
  }),

  story({ name: 'loud-pump', team: 'technical', weight: 4 }, (s) => {
    s.order(['machine'], [1, 20]);
    s.writes('[Very loud when it draws water|Strange noise|Rattling {product}]', `
      [My new {product} makes a terrible rattling noise for the first seconds.|Is it normal that the {product} sounds like a tractor?] [The cat has moved out.|Only when I start a shot, not with steam.|It was quieter on the first day.]`);
    s.triage({ tags: ['noise', 'how-to'] });
    s.answers('[A tractor is not intended.|Poor cat.] Most likely there is air in the pump, which happens when the tank was empty or went in at an angle. Fill the tank to the line, press it down until it clicks, open the hot water tap and let half a litre run through. [The noise drops when the air is out.|You will hear the moment the air is gone.] If it rattles on, put the machine on a towel for a test: some worktops sing along.');
    if (s.chance(0.7)) s.adds('[The cat is back. It was the air.|Quiet now. Thanks!|It was the worktop! A rubber mat solved it.]', { after: [2, 50] });
    s.resolves();
  }),
];
