import type { MacroStarter } from '@rapport/contract';
import { letter, starters, type Starter } from './starter-texts.ts';

/** More to choose from than a new account is given. As there, no sentence promises what only the company can know. */
const more: readonly Starter[] = [
  {
    key: 'answer_by_tomorrow', theme: 'first_answer', name: { en: 'An answer by tomorrow', de: 'Antwort bis morgen' },
    text: letter('thank you for writing. I need a little time to give you an answer you can rely on, and will write to you by {{tomorrow}} at the latest, even if it is only to say how far I am.', 'danke für Ihre Nachricht. Für eine verlässliche Antwort brauche ich etwas Zeit. Spätestens am {{tomorrow}} schreibe ich Ihnen wieder, und sei es nur, um zu sagen, wie weit ich bin.'),
    actions: { status: 'open', assignee: 'me' },
  },
  {
    key: 'hand_over', theme: 'first_answer', name: { en: 'A colleague takes over', de: 'Ein Kollege übernimmt' },
    text: letter('a colleague who knows more about this than I do is taking your matter over and has read everything you wrote, so you need not explain it again. You will hear from us under the same number, #{{case.number}}.', 'jemand aus unserem Haus, der sich damit besser auskennt als ich, übernimmt Ihr Anliegen und kennt alles, was Sie geschrieben haben. Sie müssen also nichts noch einmal erklären. Sie hören von uns unter derselben Nummer, #{{case.number}}.'),
    actions: { assignee: null },
  },
  {
    key: 'out_of_hours', theme: 'first_answer', name: { en: 'We read it when we open', de: 'Wir lesen es, sobald wir öffnen' },
    text: letter('your message reached us outside our hours. Nothing gets lost: it is the first thing we look at when we are back. If you think of anything else until then, just answer this mail.', 'Ihre Nachricht hat uns außerhalb unserer Zeiten erreicht. Es geht nichts verloren: Wenn wir wieder da sind, sehen wir sie als Erstes an. Fällt Ihnen bis dahin noch etwas ein, antworten Sie einfach auf diese E-Mail.'),
  },
  {
    key: 'where_is_my_order', theme: 'order', name: { en: 'Where is my order?', de: 'Wo bleibt meine Bestellung?' },
    text: letter('I understand that you are waiting for your order. I am asking the carrier where it is and will tell you what they say, good or bad. Should it have been lost, we will find a way that does not leave you without it.', 'ich verstehe, dass Sie auf Ihre Bestellung warten. Ich frage beim Versender nach, wo sie ist, und sage Ihnen, was er antwortet, ob gut oder schlecht. Sollte sie verloren sein, finden wir einen Weg, bei dem Sie nicht leer ausgehen.'),
    actions: { status: 'on_hold', assignee: 'me' },
  },
  {
    key: 'out_of_stock', theme: 'order', name: { en: 'Out of stock', de: 'Zurzeit nicht lieferbar' },
    text: letter('what you ordered is not in stock at the moment, and I would rather tell you now than let you wait. Would you like to wait until it is back, take something similar, or cancel? One word is enough, and I will see to it.', 'was Sie bestellt haben, ist zurzeit nicht vorrätig. Das sage ich Ihnen lieber gleich, als Sie warten zu lassen. Möchten Sie warten, bis es wieder da ist, etwas Ähnliches nehmen oder stornieren? Ein Wort genügt, und ich kümmere mich darum.'),
    actions: { status: 'pending' },
  },
  {
    key: 'wrong_or_damaged', theme: 'order', name: { en: 'Wrong or damaged on arrival', de: 'Falsch oder beschädigt angekommen' },
    text: letter('I am sorry: that is not how it should have arrived. Please send me a picture of the goods and of the parcel, and keep both for now. Tell me as well whether you would like a replacement or your money back.', 'das tut mir leid: So hätte es nicht ankommen dürfen. Bitte schicken Sie mir ein Bild der Ware und des Pakets und heben Sie beides vorerst auf. Sagen Sie mir auch, ob Sie Ersatz oder Ihr Geld zurück möchten.'),
    actions: { status: 'pending', kind: 'problem' },
  },
  {
    key: 'change_address', theme: 'order', name: { en: 'Change the address of delivery', de: 'Lieferadresse ändern' },
    text: letter('please send me the number of your order and the whole new address, and I will try to change it before the parcel leaves us. If it is on its way already, I will tell you what is still possible.', 'schicken Sie mir bitte die Bestellnummer und die vollständige neue Adresse, dann versuche ich, sie zu ändern, bevor das Paket uns verlässt. Ist es schon unterwegs, sage ich Ihnen, was noch möglich ist.'),
    actions: { status: 'pending' },
  },
  {
    key: 'cancellation', theme: 'order', name: { en: 'The order is cancelled', de: 'Die Bestellung ist storniert' },
    text: letter('your order is cancelled, as you wished. What you have already paid comes back to you the way you paid it. You need not do anything more.', 'Ihre Bestellung ist wie gewünscht storniert. Was Sie schon bezahlt haben, erhalten Sie auf dem Weg zurück, auf dem Sie bezahlt haben. Sie müssen nichts weiter tun.'),
    actions: { status: 'resolved' },
  },
  {
    key: 'refund_under_way', theme: 'money', name: { en: 'The refund is under way', de: 'Die Erstattung ist unterwegs' },
    text: letter('we have started your refund. The money goes back the way you paid; how soon you see it depends on your bank, often it takes a few working days. If it has not arrived after that, answer this mail and I will trace it.', 'wir haben Ihre Erstattung veranlasst. Das Geld geht auf demselben Weg zurück, auf dem Sie bezahlt haben. Wann Sie es sehen, hängt von Ihrer Bank ab, oft dauert es einige Werktage. Ist es danach nicht da, antworten Sie auf diese E-Mail, und ich gehe dem nach.'),
    actions: { status: 'resolved' },
  },
  {
    key: 'invoice', theme: 'money', name: { en: 'A question about an invoice', de: 'Frage zu einer Rechnung' },
    text: letter('thank you for looking at it so closely. Please send me the number of the invoice and say which line you mean; I will check it with our accounts and explain it to you, or correct it.', 'danke, dass Sie so genau hinsehen. Schicken Sie mir bitte die Rechnungsnummer und sagen Sie, welche Zeile Sie meinen. Ich prüfe sie mit unserer Buchhaltung und erkläre sie Ihnen, oder berichtige sie.'),
    actions: { status: 'pending', kind: 'question' },
  },
  {
    key: 'payment_failed', theme: 'money', name: { en: 'A payment did not go through', de: 'Eine Zahlung ging nicht durch' },
    text: letter('your payment did not reach us, so nothing has been charged as far as we can see. The reason is often a limit or an expired card, and your bank can say which. You can try again at any time. Please never send us the number of your card by mail.', 'Ihre Zahlung ist nicht bei uns angekommen; soweit wir sehen, wurde also nichts abgebucht. Oft liegt es an einem Limit oder einer abgelaufenen Karte, Ihre Bank kann Ihnen sagen, woran. Sie können es jederzeit noch einmal versuchen. Bitte schicken Sie uns Ihre Kartennummer nie per E-Mail.'),
    actions: { status: 'pending' },
  },
  {
    key: 'more_information', theme: 'asking', name: { en: 'We need to know more', de: 'Wir müssen mehr wissen' },
    text: letter('I would like to help you and do not yet understand everything. Could you describe once more, in your own words, what you would like to reach and what is in the way? A picture or an example helps too.', 'ich möchte Ihnen helfen und verstehe noch nicht alles. Könnten Sie mir mit eigenen Worten noch einmal beschreiben, was Sie erreichen möchten und was im Weg steht? Auch ein Bild oder ein Beispiel hilft.'),
    actions: { status: 'pending' },
  },
  {
    key: 'remind_of_question', theme: 'asking', name: { en: 'Remind of our question', de: 'An unsere Frage erinnern' },
    text: letter('a few days ago I asked you something and cannot go on without your answer. Would you find a minute for it? If you no longer need us, one word is enough.', 'vor einigen Tagen habe ich Sie etwas gefragt, und ohne Ihre Antwort komme ich nicht weiter. Finden Sie eine Minute dafür? Wenn Sie uns nicht mehr brauchen, genügt ein Wort.'),
    actions: { status: 'pending' },
  },
  {
    key: 'delay', theme: 'trouble', name: { en: 'Apologise for a delay', de: 'Für eine Verzögerung entschuldigen' },
    text: letter('it is taking longer than we told you, and I am sorry. I will not make it better with excuses: I am on it, and you will hear from me by {{tomorrow}} how it stands.', 'es dauert länger, als wir gesagt haben, und das tut mir leid. Ausreden machen es nicht besser: Ich bin dran, und bis zum {{tomorrow}} hören Sie von mir, wie es steht.'),
    actions: { assignee: 'me', priority: 'high' },
  },
  {
    key: 'known_fault', theme: 'trouble', name: { en: 'We know of the fault', de: 'Wir kennen den Fehler' },
    text: letter('you are right, and you are not the only one: something does not work on our side at the moment. We are mending it. I keep your message with the others who are affected and write to you as soon as it works again.', 'Sie haben recht, und es geht nicht nur Ihnen so: Bei uns funktioniert gerade etwas nicht. Wir beheben es. Ich halte Ihre Nachricht bei denen der anderen Betroffenen und schreibe Ihnen, sobald es wieder geht.'),
    actions: { status: 'on_hold', kind: 'problem' },
  },
  {
    key: 'cannot_do', theme: 'trouble', name: { en: 'A kind no', de: 'Ein freundliches Nein' },
    text: letter('I have looked at your request from all sides and cannot grant it. I know that this is not what you hoped for. If something speaks for it that I have not seen, tell me, and I will look again.', 'ich habe Ihren Wunsch von allen Seiten geprüft und kann ihn nicht erfüllen. Ich weiß, dass Sie sich etwas anderes erhofft haben. Spricht etwas dafür, das ich übersehen habe, sagen Sie es mir, dann prüfe ich es noch einmal.'),
  },
  {
    key: 'password_reset', theme: 'account', name: { en: 'Set a new password', de: 'Neues Passwort setzen' },
    text: letter('please choose “Forgotten password” where you sign in, and give the address {{customer.email}}. You will get a mail with a link; if it does not come, look among the unwanted mails. We never ask you for your password, and you should not send it to anybody.', 'wählen Sie bitte bei der Anmeldung „Passwort vergessen“ und geben Sie die Adresse {{customer.email}} an. Sie erhalten eine E-Mail mit einem Link; kommt sie nicht, sehen Sie bei den unerwünschten Nachrichten nach. Wir fragen Sie nie nach Ihrem Passwort, und Sie sollten es niemandem schicken.'),
    actions: { status: 'pending' },
  },
  {
    key: 'confirm_identity', theme: 'account', name: { en: 'First make sure it is you', de: 'Erst sicherstellen, dass Sie es sind' },
    text: letter('before I change anything in your account I want to be sure that it is you who asks. Please write to us from the address the account is kept under, or name your last order. This protects you, not us.', 'bevor ich an Ihrem Konto etwas ändere, möchte ich sicher sein, dass Sie es sind. Schreiben Sie uns bitte von der Adresse, unter der das Konto geführt wird, oder nennen Sie Ihre letzte Bestellung. Das schützt Sie, nicht uns.'),
    actions: { status: 'pending' },
  },
  {
    key: 'data_request', theme: 'account', name: { en: 'A request about personal data', de: 'Anfrage zu persönlichen Daten' },
    text: letter('your request about your personal data has arrived, and I am passing it to the person who answers for this here. You will get an answer within the time the law gives us.', 'Ihre Anfrage zu Ihren persönlichen Daten ist angekommen, und ich gebe sie an die Person weiter, die bei uns dafür verantwortlich ist. Sie erhalten eine Antwort innerhalb der gesetzlichen Frist.'),
    actions: { kind: 'request', priority: 'high' },
  },
  {
    key: 'closing_after_silence', theme: 'end', name: { en: 'Closing after silence', de: 'Abschluss nach Stille' },
    text: letter('as we have not heard from you for a while, I take it that your matter is settled and am closing it. Nothing is lost by that: answer this mail, and it is open again.', 'da wir länger nichts von Ihnen gehört haben, nehme ich an, dass sich Ihr Anliegen erledigt hat, und schließe es ab. Verloren geht dabei nichts: Antworten Sie auf diese E-Mail, und es ist wieder offen.'),
    actions: { status: 'resolved' },
  },
  {
    key: 'suggestion', theme: 'end', name: { en: 'Thank you for the suggestion', de: 'Danke für den Vorschlag' },
    text: letter('thank you for taking the time. Your suggestion is with the people who decide what we make next. I cannot promise that it will come, but it has been read and is being weighed.', 'danke, dass Sie sich die Zeit genommen haben. Ihr Vorschlag liegt bei denen, die entscheiden, was wir als Nächstes machen. Versprechen kann ich nichts, aber er ist gelesen und wird erwogen.'),
    actions: { kind: 'feedback', status: 'resolved' },
  },
];

/** Everything a team can begin with, those a new account is given included. */
export const library: readonly Starter[] = [...starters.macros, ...more];

export const shapeStarter = ({ key, theme, name, text, actions = {} }: Starter): MacroStarter => ({ key, theme, name, text, actions });
