// The panel's own words. Every language has every one of them: the type says so.
const en = {
  close: 'Close', send: 'Send', write: 'Write a message', name: 'Your name', email: 'Your e-mail address', optional: 'optional', needed: 'Please fill this in.', badEmail: 'This is no e-mail address.',
  you: 'You', sending: 'Sending', notSent: 'Not sent', again: 'Try again', offline: 'No connection. What you write is kept and sent as soon as there is one.', gone: 'This chat is not available at the moment.', log: 'Conversation', tooLong: 'Please write less at once: 10,000 characters at most.',
  writes: 'is writing', sent: 'Sent', sound: 'Sound when an answer comes', read: 'Read', attach: 'Add a file', remove: 'Remove', save: 'Save', uploading: 'Adding', tooLarge: 'Too large: 10 MB at most.', notUploaded: 'This file could not be added. Try again.', busy: 'You write faster than we can take it in. It goes on in a moment.',
  line: 'Waiting line', next: 'You are next.', place: 'You are number {n} in the line.', wait: 'About {span}.', minute: 'Less than a minute.', nobody: 'Nobody is here at the moment. You keep your place.', opens: 'We are here again: {when}.',
  more_waiting: 'That is longer than usual: many people are waiting.', fewer_agents: 'That is longer than usual: fewer of us are here.', longer_matters: 'That is longer than usual: each matter takes more time today.',
  with: '{name} is here for you.', closed: 'We are closed. What you write is kept, and answered.', full: 'Too many people are waiting to let you into the line now. What you write is kept, and answered.', left: 'You have left the line. What you wrote is kept, and answered.',
  leave: 'Leave the line', byMail: 'Answer me by e-mail', mailMe: 'Please answer me by e-mail: {email}', cancel: 'Cancel',
};
export type Words = typeof en;

const de: Words = {
  close: 'Schließen', send: 'Senden', write: 'Nachricht schreiben', name: 'Ihr Name', email: 'Ihre E-Mail-Adresse', optional: 'freiwillig', needed: 'Bitte füllen Sie dieses Feld aus.', badEmail: 'Das ist keine E-Mail-Adresse.',
  you: 'Sie', sending: 'Wird gesendet', notSent: 'Nicht gesendet', again: 'Noch einmal versuchen', offline: 'Keine Verbindung. Was Sie schreiben, bleibt erhalten und geht ab, sobald es eine gibt.', gone: 'Dieser Chat ist gerade nicht verfügbar.', log: 'Unterhaltung',
  tooLong: 'Bitte schreiben Sie weniger auf einmal: höchstens 10.000 Zeichen.', writes: 'schreibt gerade', sent: 'Gesendet', sound: 'Ton, wenn eine Antwort kommt', read: 'Gelesen', attach: 'Datei hinzufügen', remove: 'Entfernen:', save: 'Speichern:', uploading: 'Wird hinzugefügt:', tooLarge: 'Zu groß: höchstens 10 MB.', notUploaded: 'Diese Datei ließ sich nicht hinzufügen. Versuchen Sie es noch einmal.', busy: 'Sie schreiben schneller, als wir es aufnehmen können. Es geht gleich weiter.',
  line: 'Warteschlange', next: 'Sie sind als Nächstes an der Reihe.', place: 'Sie sind auf Platz {n} in der Warteschlange.', wait: 'Etwa {span}.', minute: 'Weniger als eine Minute.', nobody: 'Gerade ist niemand da. Ihr Platz bleibt Ihnen.', opens: 'Wir sind wieder da: {when}.',
  more_waiting: 'Das ist länger als sonst: Viele warten.', fewer_agents: 'Das ist länger als sonst: Wir sind weniger als sonst.', longer_matters: 'Das ist länger als sonst: Jedes Anliegen braucht heute mehr Zeit.',
  with: '{name} ist für Sie da.', closed: 'Wir haben geschlossen. Was Sie schreiben, bleibt erhalten und wird beantwortet.', full: 'Es warten zu viele, um Sie jetzt in die Warteschlange zu lassen. Was Sie schreiben, bleibt erhalten und wird beantwortet.', left: 'Sie haben die Warteschlange verlassen. Was Sie geschrieben haben, bleibt erhalten und wird beantwortet.',
  leave: 'Warteschlange verlassen', byMail: 'Per E-Mail antworten lassen', mailMe: 'Bitte antworten Sie mir per E-Mail: {email}', cancel: 'Abbrechen',
};

const ar: Words = {
  close: 'إغلاق', send: 'إرسال', write: 'اكتب رسالة', name: 'اسمك', email: 'بريدك الإلكتروني', optional: 'اختياري', needed: 'يرجى ملء هذا الحقل.', badEmail: 'هذا ليس عنوان بريد إلكتروني.',
  you: 'أنت', sending: 'جارٍ الإرسال', notSent: 'لم تُرسل', again: 'حاول مرة أخرى', offline: 'لا يوجد اتصال. ما تكتبه محفوظ ويُرسل فور عودة الاتصال.', gone: 'هذه الدردشة غير متاحة الآن.', log: 'المحادثة', tooLong: 'يرجى كتابة نص أقصر: 10000 حرف على الأكثر.',
  writes: 'يكتب الآن', sent: 'أُرسلت', sound: 'صوت عند وصول رد', read: 'قُرئت', attach: 'إضافة ملف', remove: 'إزالة', save: 'حفظ', uploading: 'جارٍ الإضافة', tooLarge: 'كبير جدًا: 10 ميغابايت على الأكثر.', notUploaded: 'تعذرت إضافة هذا الملف. حاول مرة أخرى.', busy: 'تكتب أسرع مما يمكننا استقباله. سيستمر بعد لحظة.',
  line: 'قائمة الانتظار', next: 'أنت التالي.', place: 'رقمك في قائمة الانتظار {n}.', wait: 'حوالي {span}.', minute: 'أقل من دقيقة.', nobody: 'لا يوجد أحد الآن. مكانك محفوظ.', opens: 'سنعود: {when}.',
  more_waiting: 'هذا أطول من المعتاد: كثيرون ينتظرون.', fewer_agents: 'هذا أطول من المعتاد: عددنا أقل من المعتاد.', longer_matters: 'هذا أطول من المعتاد: كل طلب يستغرق وقتًا أطول اليوم.',
  with: '{name} معك الآن.', closed: 'نحن مغلقون. ما تكتبه محفوظ وسنرد عليه.', full: 'عدد المنتظرين كبير ولا يمكن إدخالك إلى القائمة الآن. ما تكتبه محفوظ وسنرد عليه.', left: 'غادرت قائمة الانتظار. ما كتبته محفوظ وسنرد عليه.',
  leave: 'مغادرة القائمة', byMail: 'أجيبوني بالبريد الإلكتروني', mailMe: 'يرجى الرد عليّ بالبريد الإلكتروني: {email}', cancel: 'إلغاء',
};

const all: Record<string, Words> = { en, de, ar };
export const wordsFor = (locale: string): { language: string; words: Words } => {
  const language = locale.slice(0, 2).toLowerCase();
  const words = all[language];
  return words ? { language, words } : { language: 'en', words: en };
};

/** A sentence with its values filled in. */
export const fill = (sentence: string, values: Record<string, string>): string => sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
