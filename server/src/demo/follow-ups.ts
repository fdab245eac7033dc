import type { Language } from './company.ts';

/** What customers say to an answer, whatever it was about. */
export const followUps: Record<Language, readonly string[]> = {
  en: [
    'Thank you, that [answers it|is all I needed|helps a lot].', '[That worked.|Perfect.|Wonderful.] Thank you for the quick help, {agent}!', 'All right, I will [try that tonight|try it at the weekend] and let you know.',
    'Thank you. One more question, if I may: [does the same go for the older model?|how long will that take, roughly?|do I need to do anything else?]', '[Hm, I have tried that and it changed nothing.|Sadly that did not help.] Is there anything else I could try?', 'Understood. [I will wait then.|Thanks for being so clear about it.]',
  ],
  de: ['Vielen Dank, [das hilft mir sehr|damit ist alles klar].', 'Super, [hat geklappt|das war es]! Danke für die schnelle Hilfe.', 'Danke. Noch eine Frage: [Wie lange dauert das ungefähr?|Gilt das auch für das ältere Modell?]', 'Das habe ich probiert, leider [ohne Erfolg|hat es nichts geändert]. Was kann ich noch tun?'],
  fr: ['Merci beaucoup, [c’est parfait|tout est clair].', 'Ça marche ! Merci pour votre aide.', 'Merci. Une dernière question : [combien de temps cela prendra-t-il ?|dois-je faire autre chose ?]', 'J’ai essayé, [sans succès|mais rien n’a changé]. Que puis-je faire d’autre ?'],
  es: ['Muchas gracias, [todo claro|me ayuda mucho].', '¡Ha funcionado! Gracias por la rapidez.', 'Gracias. Otra pregunta: [¿cuánto tarda más o menos?|¿tengo que hacer algo más?]', 'Lo he probado y [no ha cambiado nada|sigue igual]. ¿Qué más puedo hacer?'],
  ar: ['شكراً جزيلاً، [الأمر واضح الآن|هذا ما كنت أحتاجه].', 'نجحت الطريقة، شكراً لسرعة الرد!', 'شكراً. سؤال أخير: [كم يستغرق ذلك تقريباً؟|هل يلزمني فعل شيء آخر؟]', 'جرّبت ذلك ولم يتغير شيء. ماذا يمكنني أن أفعل؟'],
};
