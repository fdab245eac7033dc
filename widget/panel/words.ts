// The panel's own words. Every language has every one of them: the type says so.
const en = {
  close: 'Close', send: 'Send', write: 'Write a message', name: 'Your name', email: 'Your e-mail address', optional: 'optional', needed: 'Please fill this in.', badEmail: 'This is no e-mail address.',
  you: 'You', sending: 'Sending', notSent: 'Not sent', again: 'Try again', offline: 'No connection. What you write is kept and sent as soon as there is one.', gone: 'This chat is not available at the moment.', log: 'Conversation', tooLong: 'Please write less at once: 10,000 characters at most.',
  writes: 'is writing', sent: 'Sent', sound: 'Sound when an answer comes', read: 'Read', attach: 'Add a file', remove: 'Remove', save: 'Save', uploading: 'Adding', tooLarge: 'Too large: 10 MB at most.', notUploaded: 'This file could not be added. Try again.', busy: 'You write faster than we can take it in. It goes on in a moment.',
};
export type Words = typeof en;

const de: Words = {
  close: 'Schließen', send: 'Senden', write: 'Nachricht schreiben', name: 'Ihr Name', email: 'Ihre E-Mail-Adresse', optional: 'freiwillig', needed: 'Bitte füllen Sie dieses Feld aus.', badEmail: 'Das ist keine E-Mail-Adresse.',
  you: 'Sie', sending: 'Wird gesendet', notSent: 'Nicht gesendet', again: 'Noch einmal versuchen', offline: 'Keine Verbindung. Was Sie schreiben, bleibt erhalten und geht ab, sobald es eine gibt.', gone: 'Dieser Chat ist gerade nicht verfügbar.', log: 'Unterhaltung',
  tooLong: 'Bitte schreiben Sie weniger auf einmal: höchstens 10.000 Zeichen.', writes: 'schreibt gerade', sent: 'Gesendet', sound: 'Ton, wenn eine Antwort kommt', read: 'Gelesen', attach: 'Datei hinzufügen', remove: 'Entfernen:', save: 'Speichern:', uploading: 'Wird hinzugefügt:', tooLarge: 'Zu groß: höchstens 10 MB.', notUploaded: 'Diese Datei ließ sich nicht hinzufügen. Versuchen Sie es noch einmal.', busy: 'Sie schreiben schneller, als wir es aufnehmen können. Es geht gleich weiter.',
};

const ar: Words = {
  close: 'إغلاق', send: 'إرسال', write: 'اكتب رسالة', name: 'اسمك', email: 'بريدك الإلكتروني', optional: 'اختياري', needed: 'يرجى ملء هذا الحقل.', badEmail: 'هذا ليس عنوان بريد إلكتروني.',
  you: 'أنت', sending: 'جارٍ الإرسال', notSent: 'لم تُرسل', again: 'حاول مرة أخرى', offline: 'لا يوجد اتصال. ما تكتبه محفوظ ويُرسل فور عودة الاتصال.', gone: 'هذه الدردشة غير متاحة الآن.', log: 'المحادثة', tooLong: 'يرجى كتابة نص أقصر: 10000 حرف على الأكثر.',
  writes: 'يكتب الآن', sent: 'أُرسلت', sound: 'صوت عند وصول رد', read: 'قُرئت', attach: 'إضافة ملف', remove: 'إزالة', save: 'حفظ', uploading: 'جارٍ الإضافة', tooLarge: 'كبير جدًا: 10 ميغابايت على الأكثر.', notUploaded: 'تعذرت إضافة هذا الملف. حاول مرة أخرى.', busy: 'تكتب أسرع مما يمكننا استقباله. سيستمر بعد لحظة.',
};

const all: Record<string, Words> = { en, de, ar };
export const wordsFor = (locale: string): { language: string; words: Words } => {
  const language = locale.slice(0, 2).toLowerCase();
  const words = all[language];
  return words ? { language, words } : { language: 'en', words: en };
};
