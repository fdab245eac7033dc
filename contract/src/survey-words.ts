import type { SurveyKind, SurveyLanguage } from './surveys.ts';

/** What customers who are asked read; every language has every word. */
export interface SurveyWords {
  questions: Record<SurveyKind, string>;
  /** What the worst and the best score mean. */
  ends: Record<SurveyKind, [worst: string, best: string]>;
  hello: string;
  /** Before the question, in a mail. */ solved: string;
  press: string;
  /** That it is not anonymous. */ whoSees: string;
  choose: string;
  comment: string;
  send: string;
  change: string;
  thanks: string;
  thanksLong: string;
  over: string;
  overLong: string;
  chooseFirst: string;
}

export const surveyWords: Record<SurveyLanguage, SurveyWords> = {
  en: {
    questions: { csat: 'How satisfied are you with our help?', effort: 'How easy was it to get this done with us?', nps: 'How likely are you to recommend us to a friend or colleague?' },
    ends: { csat: ['very dissatisfied', 'very satisfied'], effort: ['very hard', 'very easy'], nps: ['not likely at all', 'extremely likely'] },
    hello: 'Hello {name},', solved: 'Your matter “{subject}” is done on our side. We would like to know how it was for you.', press: 'Choose a number:', whoSees: 'Those who work on your matter see your answer together with your name.', choose: 'Your answer', comment: 'What was good, what was not? (If you like)',
    send: 'Send', change: 'Change my answer', thanks: 'Thank you.', thanksLong: 'We read every answer. You can change yours for some days by the same link.', over: 'This can’t be answered any more.', overLong: 'The time for this question is over, or the link is not whole. If something is still open, simply answer our mail.', chooseFirst: 'Please choose a number.',
  },
  de: {
    questions: { csat: 'Wie zufrieden sind Sie mit unserer Hilfe?', effort: 'Wie leicht war es, Ihr Anliegen bei uns zu klären?', nps: 'Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?' },
    ends: { csat: ['sehr unzufrieden', 'sehr zufrieden'], effort: ['sehr schwer', 'sehr leicht'], nps: ['sehr unwahrscheinlich', 'sehr wahrscheinlich'] },
    hello: 'Guten Tag {name},', solved: 'Ihr Anliegen „{subject}“ ist von unserer Seite erledigt. Wir wüssten gern, wie es für Sie war.', press: 'Wählen Sie eine Zahl:', whoSees: 'Wer Ihr Anliegen bearbeitet, sieht Ihre Antwort zusammen mit Ihrem Namen.', choose: 'Ihre Antwort', comment: 'Was war gut, was nicht? (Wenn Sie mögen)',
    send: 'Senden', change: 'Meine Antwort ändern', thanks: 'Vielen Dank.', thanksLong: 'Wir lesen jede Antwort. Ihre können Sie einige Tage lang über denselben Link ändern.', over: 'Hier kann nicht mehr geantwortet werden.', overLong: 'Die Zeit für diese Frage ist vorbei, oder der Link ist nicht vollständig. Wenn noch etwas offen ist, antworten Sie einfach auf unsere Mail.', chooseFirst: 'Bitte wählen Sie eine Zahl.',
  },
  fr: {
    questions: { csat: 'Êtes-vous satisfait de notre aide ?', effort: 'A-t-il été facile de régler votre demande avec nous ?', nps: 'Quelle est la probabilité que vous nous recommandiez à un proche ?' },
    ends: { csat: ['pas du tout satisfait', 'très satisfait'], effort: ['très difficile', 'très facile'], nps: ['très peu probable', 'très probable'] },
    hello: 'Bonjour {name},', solved: 'votre demande « {subject} » est réglée de notre côté. Nous aimerions savoir ce que vous en avez pensé.', press: 'Choisissez un chiffre :', whoSees: 'Les personnes qui traitent votre demande voient votre réponse avec votre nom.', choose: 'Votre réponse', comment: 'Qu’est-ce qui était bien, ou non ? (Si vous le souhaitez)',
    send: 'Envoyer', change: 'Modifier ma réponse', thanks: 'Merci.', thanksLong: 'Nous lisons chaque réponse. Vous pouvez modifier la vôtre pendant quelques jours par le même lien.', over: 'Il n’est plus possible de répondre.', overLong: 'Le délai est passé, ou le lien est incomplet. S’il reste quelque chose à régler, répondez simplement à notre message.', chooseFirst: 'Veuillez choisir un chiffre.',
  },
  es: {
    questions: { csat: '¿Qué tan satisfecho está con nuestra ayuda?', effort: '¿Fue fácil resolver su asunto con nosotros?', nps: '¿Qué probabilidad hay de que nos recomiende a alguien?' },
    ends: { csat: ['nada satisfecho', 'muy satisfecho'], effort: ['muy difícil', 'muy fácil'], nps: ['nada probable', 'muy probable'] },
    hello: 'Hola, {name}:', solved: 'su asunto «{subject}» está resuelto por nuestra parte. Nos gustaría saber qué le pareció.', press: 'Elija un número:', whoSees: 'Quienes atienden su asunto ven su respuesta junto con su nombre.', choose: 'Su respuesta', comment: '¿Qué estuvo bien y qué no? (Si lo desea)',
    send: 'Enviar', change: 'Cambiar mi respuesta', thanks: 'Gracias.', thanksLong: 'Leemos todas las respuestas. Puede cambiar la suya durante unos días con el mismo enlace.', over: 'Ya no se puede responder.', overLong: 'El plazo ha terminado o el enlace está incompleto. Si queda algo pendiente, responda a nuestro mensaje.', chooseFirst: 'Elija un número, por favor.',
  },
  tr: {
    questions: { csat: 'Yardımımızdan ne kadar memnunsunuz?', effort: 'İşinizi bizimle halletmek ne kadar kolaydı?', nps: 'Bizi bir tanıdığınıza önerme olasılığınız nedir?' },
    ends: { csat: ['hiç memnun değilim', 'çok memnunum'], effort: ['çok zordu', 'çok kolaydı'], nps: ['hiç olası değil', 'çok olası'] },
    hello: 'Merhaba {name},', solved: '“{subject}” konusu bizim tarafımızda tamamlandı. Sizin için nasıl geçtiğini bilmek isteriz.', press: 'Bir sayı seçin:', whoSees: 'Konunuzla ilgilenenler yanıtınızı adınızla birlikte görür.', choose: 'Yanıtınız', comment: 'Ne iyiydi, ne değildi? (İsterseniz)',
    send: 'Gönder', change: 'Yanıtımı değiştir', thanks: 'Teşekkür ederiz.', thanksLong: 'Her yanıtı okuyoruz. Yanıtınızı aynı bağlantıyla birkaç gün boyunca değiştirebilirsiniz.', over: 'Artık yanıt verilemiyor.', overLong: 'Bu sorunun süresi doldu ya da bağlantı eksik. Açık kalan bir şey varsa e-postamızı yanıtlamanız yeterli.', chooseFirst: 'Lütfen bir sayı seçin.',
  },
  ar: {
    questions: { csat: 'ما مدى رضاك عن مساعدتنا؟', effort: 'ما مدى سهولة إنجاز طلبك معنا؟', nps: 'ما احتمال أن توصي بنا لصديق أو زميل؟' },
    ends: { csat: ['غير راضٍ أبدًا', 'راضٍ جدًا'], effort: ['صعب جدًا', 'سهل جدًا'], nps: ['غير محتمل أبدًا', 'محتمل جدًا'] },
    hello: 'مرحبًا {name}،', solved: 'انتهى العمل على طلبك «{subject}» من جهتنا. نود أن نعرف كيف كانت تجربتك.', press: 'اختر رقمًا:', whoSees: 'يرى من يعملون على طلبك إجابتك مع اسمك.', choose: 'إجابتك', comment: 'ما الذي كان جيدًا وما الذي لم يكن؟ (إن أردت)',
    send: 'إرسال', change: 'تغيير إجابتي', thanks: 'شكرًا لك.', thanksLong: 'نقرأ كل إجابة. يمكنك تغيير إجابتك لبضعة أيام عبر الرابط نفسه.', over: 'لم يعد بالإمكان الإجابة.', overLong: 'انتهى وقت هذا السؤال أو أن الرابط غير كامل. إن بقي شيء مفتوحًا فأجب على رسالتنا.', chooseFirst: 'اختر رقمًا من فضلك.',
  },
};
