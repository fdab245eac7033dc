import { invoice, photo, returnLabel } from '../files/index.ts';
import { story, type Story } from '../story/story.ts';

const base = { language: 'de', suits: (customer) => customer.language === 'de' } as const satisfies Partial<Story>;

/** What German-speaking customers write, and what Jonas and Mara answer. */
export const german = [
  story({ ...base, name: 'paket-haengt', team: 'shipping', weight: 9 }, (s) => {
    s.order(['machine', 'grinder', 'kettle', 'scale'], [6, 11]);
    s.date('since', -4);
    s.writes('[Wo bleibt meine Bestellung {order}?|Sendung {parcel} bewegt sich nicht|Lieferung {order}|Paket verschollen?]', `
      [ich habe am {orderedOn} eine Bestellung aufgegeben ({order}, {label})|meine Bestellung {order} ({label}) ist seit {orderedOn} unterwegs|unter {order} warte ich auf: {label}], [und die Sendungsverfolgung zeigt seit {since} nichts Neues|aber {parcel} steht seit {since} unverändert im Verteilzentrum]. [Können Sie bitte nachforschen?|Ist das Paket verloren gegangen?|Der Zusteller verweist mich an Sie als Absender.]
      [|Es soll ein Geburtstagsgeschenk werden, deshalb werde ich langsam unruhig.|Ab nächster Woche bin ich verreist.]`);
    s.triage({ tags: ['delivery'] });
    s.notes('[{carrier} angerufen: Paket liegt im Verteilzentrum, Etikett beschädigt.|Nachforschung bei {carrier} gestellt, Antwort in zwei Werktagen.]');
    s.answers('[vielen Dank für Ihre Nachricht, und entschuldigen Sie die Warterei.|es tut mir leid, dass Ihr Paket trödelt.] Ich habe bei {carrier} eine Nachforschung zu {parcel} gestellt: [Das Paket liegt im Verteilzentrum, das Etikett ist beschädigt.|Es hat seinen Anschluss verpasst und wird gerade gesucht.] Ist es bis übermorgen nicht wieder auf dem Weg, schicke ich Ihnen sofort Ersatz. [Sie müssen nichts weiter tun.|]', { leaves: 'on_hold' });
    s.passes([22, 48]);
    s.answers('[gute Nachrichten|es geht weiter]: {carrier} hat das Paket neu etikettiert, morgen soll es bei Ihnen sein. [Ich behalte es im Auge.|Melden Sie sich bitte, falls nicht.]');
    if (s.chance(0.7)) s.adds('[Es ist da! Vielen Dank für Ihre Mühe.|Gerade angekommen, alles heil. Danke!|Heute früh zugestellt. Toller Service.]', { after: [20, 60] });
    s.resolves();
  }),

  story({ ...base, name: 'rechnung-mit-firma', team: 'billing', weight: 6 }, (s) => {
    s.order(['machine', 'grinder', 'kettle', 'accessory'], [4, 30]);
    const firm = s.customer.business ?? s.pick(['Praxis am Park', 'Architekturbüro Lindenhof', 'Kanzlei Morgenrot', 'Werkstatt für Gestaltung']);
    s.knows({ firm });
    s.writes('[Rechnung für {order}|Bitte Rechnung auf Firma ausstellen|{invoice}: falsche Rechnungsadresse]', `
      [könnten Sie mir die Rechnung {invoice} bitte auf {firm} ausstellen?|für unsere Buchhaltung brauche ich eine Rechnung zu {order}, ausgestellt auf {firm}.] [Beim Bestellen konnte ich keine Firma angeben.|Die Umsatzsteuer-ID lautet ${s.customer.country}${s.random.digits(9)}.] [Ein PDF genügt.|Es eilt nicht.]`);
    s.triage({ tags: ['invoice'] });
    s.answers('[gern, Sie finden die Rechnung im Anhang.|die korrigierte Rechnung hängt an.] [Die alte ist damit storniert.|Ich habe {firm} in Ihrem Kundenkonto hinterlegt, künftig passt es von allein.]', { leaves: 'resolved', files: [invoice(s.fact('invoice'), firm, `${s.customer.country}${s.random.digits(9)}`, s.fact('label'), Number(s.fact('totalMinor')), s.begins)] });
    if (s.chance(0.4)) s.adds('[Perfekt, danke schön!|Passt, vielen Dank.]', { after: [1, 26] });
  }),

  story({ ...base, name: 'siebtraeger-undicht', team: 'technical', weight: 6 }, (s) => {
    s.order(['machine'], [150, 420]);
    s.writes('[Maschine tropft am Siebträger|Undichte Stelle|{label} undicht|Wasser läuft seitlich heraus]', `
      [seit einigen Wochen läuft bei meiner Maschine ({label}) beim Bezug Wasser seitlich am Siebträger heraus.|meine {label} tropft am Siebträger, inzwischen landet ein Drittel neben der Tasse.] [Ich muss den Griff viel weiter nach rechts drehen als früher.|Gekauft habe ich sie vor gut einem Jahr.|Entkalkt ist sie.] [Kann ich das selbst beheben?|Muss ich sie einschicken?]`);
    s.triage({ tags: ['gasket', 'spare-part'] });
    s.answers('[das klingt nach der Brühgruppendichtung|da ist sicher die Dichtung der Brühgruppe müde geworden]: ein Gummiring, der durch die Hitze hart wird und etwa einmal im Jahr fällig ist. Den Tausch schaffen Sie bei kalter Maschine in zehn Minuten.\n\nIch schicke Ihnen heute eine neue Dichtung mit einer kleinen Bildanleitung, [kostenlos|das geht auf uns]. Bis dahin dürfen Sie die Maschine ruhig weiter benutzen.');
    if (s.chance(0.65)) s.adds('[Die Dichtung ist drin, alles trocken. Danke für die schöne Anleitung!|Hat geklappt, zehn Minuten waren es wirklich.|Die alte kam in Krümeln heraus. Jetzt läuft sie wie neu.]', { after: [70, 140] });
    s.resolves();
  }),

  story({ ...base, name: 'ruecksendung', team: 'shipping', weight: 5 }, (s) => {
    const product = s.order(['machine', 'grinder', 'kettle', 'scale'], [5, 12]);
    s.money('back', product.priceMinor);
    s.writes('[Rücksendung {order}|Widerruf|Ich möchte etwas zurückschicken]', `
      [ich möchte meine Bestellung {order} ({label}) zurückgeben.|hiermit widerrufe ich den Kauf von {label}, Bestellung {order}.] [Das Gerät ist tadellos, nur leider zu groß für unsere Küche.|Wir haben das gleiche zur Hochzeit bekommen.|Meiner Frau ist es zu laut.] [Wie gehe ich vor?|Bekomme ich ein Etikett?]`);
    s.triage({ tags: ['return'] });
    s.answers('[selbstverständlich.|kein Problem.] Im Anhang finden Sie ein Rücksendeetikett. Bitte alles in den Originalkarton legen und in einem Paketshop von {carrier} abgeben. Sobald es hier ist, erstatte ich Ihnen {back}.', { files: [returnLabel(s.fact('order'), s.fact('carrier'), s.fact('parcel'))] });
    s.adds('[Heute abgegeben, danke.|Ist unterwegs. Vielen Dank für die einfache Abwicklung.]', { after: [20, 80] });
    s.changes({ status: 'on_hold' });
    s.passes([60, 110]);
    s.answers('Ihr Paket ist gut bei uns angekommen. {back} sind auf dem Weg zu Ihnen, je nach Bank dauert das zwei bis fünf Tage. [Danke, dass Sie alles so sorgfältig verpackt haben.|]', { leaves: 'resolved' });
  }),

  story({ ...base, name: 'abo-pausieren', team: 'subscriptions', weight: 6 }, (s) => {
    s.subscribes();
    s.date('away', s.random.between(3, 9));
    s.date('home', s.random.between(24, 40));
    s.writes('[Abo pausieren|Urlaub: bitte keine Lieferung|{subscription} aussetzen]', `
      [wir sind vom {away} bis {home} im Urlaub.|vom {away} bis zum {home} bin ich auf Kur.] [Können Sie mein Abo ({coffee}) so lange aussetzen?|Bitte in dieser Zeit keinen {coffee} schicken.] [Im Kundenkonto finde ich nur „Lieferung überspringen“.|]`);
    s.triage({ tags: ['subscription', 'pause'] });
    s.answers('[gern, ist erledigt.|schon geschehen.] Ihr {coffee} macht Pause, die nächste Tüte ist am {home} bei Ihnen. Berechnet wird in der Zwischenzeit nichts. [Schöne Ferien!|Gute Erholung!]', { leaves: 'resolved', within: [5, 90] });
    if (s.chance(0.4)) s.adds('[Herzlichen Dank!|Wunderbar, danke.]', { after: [1, 15] });
  }),

  story({ ...base, name: 'doppelt-abgebucht', team: 'billing', weight: 5 }, (s) => {
    s.order(['machine', 'grinder', 'kettle'], [2, 6]);
    s.writes('[Doppelt abgebucht: {total}|Zweimal belastet|{order} zweimal bezahlt?]', `
      [für die Bestellung {order} wurden mir {total} zweimal abgebucht.|auf meinem Konto stehen zwei Buchungen über {total}, beide vom {orderedOn}.] [Bestellt habe ich nur einmal.|Die Seite hatte beim Bezahlen gehangen.] [Bitte erstatten Sie einen der Beträge.|Wann bekomme ich das Geld zurück?]`);
    s.triage({ tags: ['double-charge'] });
    s.notes('Zwei Einzüge im Abstand von 40 Sekunden, gleicher Warenkorb. Zweiter geht heute zurück.');
    s.answers('[danke für den Hinweis, Sie haben recht.|das stimmt leider.] Unsere Bezahlseite hat Ihre Bestellung zweimal abgeschickt. Die zweite Zahlung über {total} habe ich soeben erstattet; Ihre Bank zeigt sie in zwei bis fünf Tagen. [Bitte entschuldigen Sie.|Ihre Bestellung selbst ist davon nicht betroffen.]', { leaves: 'resolved' });
    if (s.chance(0.5)) s.adds('[Geld ist da, danke.|Vielen Dank für die schnelle Hilfe!]', { after: [50, 110] });
  }),

  story({ ...base, name: 'kanne-verbeult', team: 'shipping', weight: 4 }, (s) => {
    s.order(['kettle', 'grinder', 'machine'], [4, 8]);
    s.writes('[Beschädigt angekommen|{label} mit Transportschaden|Delle in {order}]', `
      [heute kam mein Paket ({label}), leider mit einer ordentlichen Delle.|beim Auspacken von {label} ist mir sofort ein Schaden aufgefallen.] [Der Karton war an einer Ecke eingedrückt.|Ein Foto habe ich angehängt.] [Wie geht es weiter?|Bekomme ich Ersatz?]`, { files: s.chance(0.6) ? [photo('box', s.random)] : [] });
    s.triage({ tags: ['damaged'] });
    s.answers('[oh nein, das tut mir leid.|so soll es nicht ankommen, entschuldigen Sie bitte.] Ein neues Gerät geht heute raus; den alten Karton nimmt der Fahrer bei der Lieferung gleich wieder mit. [Sie brauchen nichts auszudrucken.|]');
    if (s.chance(0.6)) s.adds('[Der Ersatz ist da, diesmal ohne Delle. Danke!|Alles bestens angekommen.]', { after: [45, 90] });
    s.resolves();
  }),

  story({ ...base, name: 'bezug-zu-schnell', team: 'technical', weight: 5 }, (s) => {
    s.order(['machine'], [5, 60]);
    s.knows({ seconds: String(s.random.between(8, 14)) });
    s.writes('[Espresso läuft viel zu schnell durch|Kein Druck|Bezug in {seconds} Sekunden]', `
      [bei mir läuft der Espresso in {seconds} Sekunden durch und schmeckt sauer.|ich bekomme mit der neuen Maschine keinen Druck zustande, nach {seconds} Sekunden ist die Tasse voll.] [Ich nehme gemahlenen Kaffee aus dem Supermarkt.|Mahlgrad steht auf 8.|18 g sind drin.] [Ist die Pumpe defekt?|Was mache ich falsch?]`);
    s.triage({ tags: ['how-to', 'grind'] });
    s.answers('[die Pumpe ist mit großer Wahrscheinlichkeit in Ordnung.|keine Sorge, das klingt nicht nach einem Defekt.] Den Druck macht der Kaffee selbst: Ist er zu grob gemahlen, fällt das Wasser einfach hindurch.\n\n1. Zwei bis drei Stufen feiner mahlen, 18 g dabei lassen.\n2. Ab Pumpenstart sollen nach 25 bis 30 Sekunden etwa 36 g in der Tasse sein.\n3. Immer nur eine Sache auf einmal verändern.\n\n[Fertig gemahlener Kaffee ist für Filter gedacht und läuft immer zu schnell.|Schreiben Sie mir gern, bei wie vielen Sekunden Sie landen.]');
    s.adds('[Drei Stufen feiner, 27 Sekunden. Ein Unterschied wie Tag und Nacht!|26 Sekunden und richtig gut. Danke!|Schon besser: 19 Sekunden.]', { after: [4, 60] });
    s.resolves();
  }),
];
