/** The languages people of the account choose from. */
export type Locale = 'en' | 'de';

export interface MailText {
  subject: string;
  text: string;
}

// Names are people's own words; in a subject they must stay on one line.
const line = (text: string) => text.replace(/\s+/g, ' ').trim();

export function invitationText(locale: Locale, about: { name: string; company: string; inviter: string; url: string }): MailText {
  const name = line(about.name);
  const company = line(about.company);
  const inviter = line(about.inviter);
  if (locale === 'de') {
    return {
      subject: `Einladung zu Rapport: ${company}`,
      text: `Guten Tag ${name},\n\n${inviter} lädt Sie ein, bei ${company} mit Rapport zu arbeiten.\n\nHier nehmen Sie die Einladung an und wählen ein Passwort:\n${about.url}\n\nDer Link gilt sieben Tage und nur einmal. Wenn Sie diese Einladung nicht erwartet haben, können Sie die Nachricht löschen.\n`,
    };
  }
  return {
    subject: `You are invited to Rapport: ${company}`,
    text: `Hello ${name},\n\n${inviter} invites you to work with Rapport at ${company}.\n\nAccept the invitation and choose a password here:\n${about.url}\n\nThe link works for seven days, and once. If you did not expect this invitation, you can delete this message.\n`,
  };
}

export function resetText(locale: Locale, about: { name: string; company: string; url: string }): MailText {
  const name = line(about.name);
  const company = line(about.company);
  if (locale === 'de') {
    return {
      subject: 'Neues Passwort für Rapport',
      text: `Guten Tag ${name},\n\njemand, vermutlich Sie, möchte ein neues Passwort für Ihre Anmeldung bei ${company}.\n\nHier wählen Sie es:\n${about.url}\n\nDer Link gilt eine Stunde und nur einmal. Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.\n`,
    };
  }
  return {
    subject: 'A new password for Rapport',
    text: `Hello ${name},\n\nsomebody, probably you, asked for a new password for your sign-in at ${company}.\n\nChoose it here:\n${about.url}\n\nThe link works for one hour, and once. If it was not you, there is nothing to do: your password stays as it is.\n`,
  };
}
