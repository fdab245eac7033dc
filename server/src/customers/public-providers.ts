// Where anybody can have a mailbox: sharing such a domain says nothing about a company. By the name before the last dots where a provider has many endings.
const NAMES = new Set(['gmail', 'googlemail', 'yahoo', 'ymail', 'hotmail', 'outlook', 'live', 'msn', 'aol', 'icloud', 'gmx', 'yandex', 'zoho', 'mail', 'protonmail', 'tutanota', 'freenet', 'arcor']);
const DOMAINS = new Set([
  'me.com', 'mac.com', 'web.de', 't-online.de', 'email.de', 'posteo.de', 'posteo.net', 'mailbox.org', 'proton.me', 'pm.me', 'tuta.io', 'tuta.com', 'fastmail.com', 'fastmail.fm', 'hey.com', 'rocketmail.com', 'inbox.lv', 'inbox.ru', 'bk.ru', 'list.ru', 'rambler.ru',
  'qq.com', '163.com', '126.com', 'sina.com', 'foxmail.com', 'naver.com', 'daum.net', 'hanmail.net', 'rediffmail.com', 'orange.fr', 'wanadoo.fr', 'free.fr', 'sfr.fr', 'laposte.net', 'bbox.fr', 'libero.it', 'virgilio.it', 'tiscali.it', 'alice.it', 'tin.it',
  'btinternet.com', 'sky.com', 'virginmedia.com', 'talktalk.net', 'ntlworld.com', 'comcast.net', 'verizon.net', 'att.net', 'sbcglobal.net', 'bellsouth.net', 'cox.net', 'charter.net', 'earthlink.net', 'shaw.ca', 'rogers.com', 'bigpond.com', 'optusnet.com.au',
  'seznam.cz', 'centrum.cz', 'wp.pl', 'o2.pl', 'onet.pl', 'interia.pl', 'bluewin.ch', 'hispeed.ch', 'sunrise.ch', 'chello.at', 'aon.at', 'a1.net', 'ziggo.nl', 'kpnmail.nl', 'telenet.be', 'skynet.be', 'uol.com.br', 'bol.com.br', 'terra.com.br', 'privaterelay.appleid.com',
  'simplelogin.com', 'duck.com', 'vodafone.de', 'online.de', '1und1.de',
]);

/** Whether many people who have nothing to do with each other have their mailbox at the domain. */
export function isPublicProvider(domain: string): boolean {
  const parts = domain.toLowerCase().split('.');
  if (DOMAINS.has(parts.join('.'))) return true;
  // gmx.de, yahoo.co.uk: the name stands first and only an ending follows; support.mail.example is somebody's own.
  return parts.length <= 3 && NAMES.has(parts[0] ?? '') && parts.slice(1).every((part) => part.length <= 3);
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
