import { company, firstName, type DemoAgent, type Language } from '../company.ts';
import type { DemoCustomer, Manner } from '../customers.ts';
import type { Random } from './random.ts';

type Choices = readonly string[];

const OPENINGS: Record<Language, Record<Manner, Choices>> = {
  en: {
    formal: ['Dear Lantern team,', 'Dear Sir or Madam,', 'Good morning,', 'To whom it may concern,'], warm: ['Hello,', 'Hi there,', 'Hi Lantern team,', 'Good morning,', 'Hi,'],
    brief: ['', '', 'Hi,', 'Hello'], chatty: ['Hello lovely coffee people!', 'Hi everyone,', 'Hello there!', 'Hi Lantern folks,'],
  },
  de: {
    formal: ['Sehr geehrte Damen und Herren,', 'Guten Tag,'], warm: ['Hallo zusammen,', 'Hallo liebes Lantern-Team,', 'Guten Morgen,', 'Guten Tag,'], brief: ['', 'Hallo,', 'Guten Tag,'], chatty: ['Hallo ihr Lieben,', 'Moin zusammen,', 'Liebes Kaffeeteam,'],
  },
  fr: { formal: ['Madame, Monsieur,', 'Bonjour,'], warm: ['Bonjour,', 'Bonjour à toute l’équipe,'], brief: ['Bonjour,', ''], chatty: ['Bonjour à tous,', 'Bonjour chère équipe,'] },
  es: { formal: ['Estimados señores:', 'Buenos días:'], warm: ['Hola:', 'Buenas tardes:', 'Hola, equipo:'], brief: ['Hola,', ''], chatty: ['¡Hola a todos!', '¡Buenas!'] },
  ar: { formal: ['السادة الكرام،', 'تحية طيبة وبعد،'], warm: ['السلام عليكم،', 'مرحباً،'], brief: ['مرحباً،'], chatty: ['السلام عليكم ورحمة الله،', 'أهلاً بكم،'] },
};

const ANSWER_OPENINGS: Record<Language, Record<Manner, Choices>> = {
  en: { formal: ['Dear {agent},'], warm: ['Hi {agent},', 'Hello {agent},', '{agent},'], brief: ['', '', 'Hi {agent}'], chatty: ['Hi {agent}!', 'Hello {agent},', 'Oh, hi {agent},'] },
  de: { formal: ['Guten Tag {agent},'], warm: ['Hallo {agent},'], brief: ['', 'Hallo {agent},'], chatty: ['Hallo {agent}!', 'Hallo {agent},'] },
  fr: { formal: ['Bonjour {agent},'], warm: ['Bonjour {agent},'], brief: ['', 'Bonjour,'], chatty: ['Bonjour {agent} !', 'Rebonjour {agent},'] },
  es: { formal: ['Buenos días, {agent}:'], warm: ['Hola, {agent}:', 'Hola {agent},'], brief: ['', 'Hola,'], chatty: ['¡Hola, {agent}!'] },
  ar: { formal: ['تحية طيبة {agent}،'], warm: ['مرحباً {agent}،', 'أهلاً {agent}،'], brief: ['مرحباً،'], chatty: ['أهلاً {agent}،'] },
};

const CLOSINGS: Record<Language, Record<Manner, Choices>> = {
  en: {
    formal: ['Yours faithfully,\n{name}', 'Kind regards,\n{name}', 'Sincerely,\n{name}'], warm: ['Thanks,\n{given}', 'Many thanks,\n{given}', 'Best,\n{given}', 'Kind regards,\n{given}', 'Thanks a lot\n{given}'],
    brief: ['{given}', 'Thanks', '', 'Thanks\n{given}'], chatty: ['Thank you so much!\n{given}', 'All the best from {city},\n{given}', 'Cheers,\n{given}', 'Greetings from {city}\n{given}'],
  },
  de: { formal: ['Mit freundlichen Grüßen\n{name}', 'Freundliche Grüße\n{name}'], warm: ['Viele Grüße\n{name}', 'Beste Grüße aus {city}\n{given}', 'Danke und Gruß\n{given}'], brief: ['Gruß\n{given}', 'Danke\n{name}', 'VG {given}'], chatty: ['Ganz liebe Grüße\n{given}', 'Herzliche Grüße aus {city}\n{given}'] },
  fr: { formal: ['Je vous prie d’agréer mes salutations distinguées.\n{name}', 'Cordialement,\n{name}'], warm: ['Bien cordialement,\n{given}', 'Merci d’avance,\n{name}', 'Bonne journée,\n{given}'], brief: ['Merci\n{given}', 'Cdlt,\n{name}'], chatty: ['Un grand merci et belle journée à vous,\n{given}', 'À bientôt,\n{given}'] },
  es: { formal: ['Atentamente,\n{name}', 'Reciban un cordial saludo,\n{name}'], warm: ['Muchas gracias,\n{given}', 'Un saludo,\n{name}', 'Saludos,\n{given}'], brief: ['Gracias\n{given}', 'Saludos'], chatty: ['¡Mil gracias!\n{given}', 'Un abrazo desde {city},\n{given}'] },
  ar: { formal: ['وتفضلوا بقبول فائق الاحترام،\n{name}', 'مع التقدير،\n{name}'], warm: ['شكراً جزيلاً،\n{name}', 'مع الشكر،\n{given}'], brief: ['شكراً\n{given}'], chatty: ['بارك الله فيكم وشكراً،\n{name}', 'ولكم خالص الشكر،\n{given}'] },
};

const PHONE_LINES: Record<Language, string> = { en: 'Sent from my phone', de: 'Von unterwegs gesendet', fr: 'Envoyé depuis mon téléphone', es: 'Enviado desde mi móvil', ar: 'أُرسلت من هاتفي' };

const AGENT_OPENINGS: Record<Language, Choices> = { en: ['Hi {given},', 'Hello {given},', 'Hi {given},', 'Dear {given},'], de: ['Guten Tag {name},', 'Hallo {name},'], fr: ['Bonjour {given},'], es: ['Hola, {given}:', 'Hola {given},'], ar: ['مرحباً {given}،', 'أهلاً وسهلاً {given}،'] };

function fill(template: string, facts: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '');
}

const paragraphs = (parts: readonly string[]) => parts.filter(Boolean).join('\n\n');

/** A customer's mail around `body`: how they say hello and goodbye follows from their manner and language. */
export function customerLetter(customer: DemoCustomer, body: string, random: Random, answers?: { name: string }): string {
  const facts = { name: customer.name, given: customer.given, city: customer.city, agent: answers ? firstName(answers.name) : '' };
  const opening = random.pick((answers ? ANSWER_OPENINGS : OPENINGS)[customer.language][customer.manner]);
  const closing = random.pick(CLOSINGS[customer.language][customer.manner]);
  const signature = customer.business && !answers ? `--\n${customer.name}\n${customer.business}, ${customer.city}` : '';
  const phoneLine = customer.manner === 'brief' && random.chance(0.4) ? PHONE_LINES[customer.language] : '';
  // After a hello with a comma, German goes on in lower case; without one, a letter begins with a capital everywhere.
  const start = opening ? body : body.charAt(0).toUpperCase() + body.slice(1);
  return paragraphs([fill(opening, facts), start, fill(closing, facts), signature, phoneLine]);
}

/** An agent's answer around `body`, with the agent's own way of ending and the company below. */
export function agentLetter(agent: DemoAgent, customer: DemoCustomer, body: string, language: Language, random: Random): string {
  const facts = { name: customer.name, given: customer.given };
  const closing = agent.closing[language] ?? agent.closing.en ?? 'Kind regards';
  return paragraphs([fill(random.pick(AGENT_OPENINGS[language]), facts), body, `${closing}${language === 'ar' ? '،' : language === 'de' ? '' : ','}\n${agent.name}\n${company.name}`]);
}

const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE', fr: 'fr-FR', es: 'es-ES', ar: 'ar-u-nu-latn' };

/** The line mail programs put over what they quote, and the quote. */
export function quoted(author: string, address: string, at: Date, text: string, language: Language): string {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LOCALES[language], { timeZone: 'UTC', ...options }).format(at);
  const date = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const head: Record<Language, string> = {
    en: `On ${date} at ${time}, ${author} <${address}> wrote:`, de: `Am ${date} um ${time} schrieb ${author} <${address}>:`, fr: `Le ${date} à ${time}, ${author} <${address}> a écrit :`,
    es: `El ${date} a las ${time}, ${author} <${address}> escribió:`, ar: `في ${date} الساعة ${time}، كتب ${author} <${address}>:`,
  };
  return `${head[language]}\n${text.split('\n').map((line) => (line ? `> ${line}` : '>')).join('\n')}`;
}
