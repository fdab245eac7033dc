import type { Language } from './company.ts';
import { randomFrom } from './story/random.ts';

/** How somebody writes: with ceremony, friendly, in few words, or at length. */
export type Manner = 'formal' | 'warm' | 'brief' | 'chatty';

export interface DemoCustomer {
  key: string;
  name: string;
  /** As a reply addresses them. */
  given: string;
  address: string;
  country: string;
  /** The language they write in. */
  language: Language;
  locale: string;
  manner: Manner;
  /** A café, office or shop that buys for its guests. */
  business: string | null;
  city: string;
}

// Country, locale, mail provider, cities, and the people. A language before a name: this person writes in it. Family names stand last, except where `,` parts them.
const PEOPLE = `
IE en-IE brightmail.example Dublin,Cork,Galway,Limerick: Niamh Gallagher; Cian O’Rourke; Saoirse Kelly; Declan Murphy; Orla Fitzgerald; Eoin Byrne; Gráinne Walsh; Conor Doyle; Róisín Daly; Padraig Nolan; Sinéad Keane; Fionn McCarthy
GB en-GB postbox.example Bristol,Leeds,Glasgow,Cardiff,Norwich: Oliver Hartley; Amelia Thorne; Callum Fraser; Priyanka Desai; Gareth Pugh; Chloe Atkinson; Imran Sheikh; Beatrice Holloway; Winston Clarke; Tamsin Reed; Rhys Morgan; Harriet Osei
DE de-DE postfach.example Hamburg,Leipzig,Köln,Freiburg,München: de Hannah Weiss; de Jürgen Brandt; de Katharina Vogel; de Maximilian Schröder; de Sabine Krüger; Florian Neumann; de Birgit Lehmann; de Tobias Hoffmann; Leonie Richter; de Wolfgang Dietrich; de Anneliese Busch; Emre Yıldırım
AT de-AT postkasten.example Wien,Graz: de Theresa Gruber; de Lukas Steiner; de Magdalena Hofer
CH de-CH alpenpost.example Zürich,Basel,Lausanne: de Reto Ammann; de Ursina Caduff; fr Élodie Favre
FR fr-FR courriel.example Lyon,Nantes,Lille,Bordeaux: fr Margaux Dubois; fr Antoine Lefèvre; fr Manon Girard; fr Thibault Moreau; fr Sylvie Renaud; Hugo Marchand; fr Aïcha Benali; fr Jean-Baptiste Caron; fr Clémence Rousseau
BE fr-BE courrier.example Liège,Gent,Namur: fr Benoît Lambert; Lotte Vermeulen; fr Nathalie Dumont
ES es-ES correo.example Valencia,Sevilla,Bilbao,Madrid: es María Ángeles Ortega; es Javier Molina; es Nerea Etxeberria; es Pablo Serrano; es Carmen Vidal; Álvaro Castillo; es Rocío Navarro; es Íñigo Larrea
MX es-MX buzon.example Guadalajara,Puebla: es Ximena Hernández; es Rodrigo Salgado
PT pt-PT caixa.example Porto,Lisboa: Inês Carvalho; Tiago Monteiro
IT it-IT casella.example Bologna,Torino: Giulia Romano; Matteo Ferrari; Chiara Esposito
NL nl-NL brievenbus.example Utrecht,Rotterdam,Groningen: Sanne de Vries; Joost van den Berg; Femke Jansen; Daan Bakker
SE sv-SE brevlada.example Göteborg,Uppsala: Elsa Bergström; Nils Holmqvist
DK da-DK postkasse.example Aarhus: Freja Sørensen; Mikkel Thomsen
NO nb-NO innboks.example Bergen,Oslo: Ingrid Haugen; Sindre Dahl
FI fi-FI posti.example Tampere,Helsinki: Aino Virtanen; Eero Mäkelä
PL pl-PL skrzynka.example Kraków,Gdańsk,Wrocław: Agnieszka Wójcik; Paweł Zieliński; Małgorzata Kowalczyk; Łukasz Wiśniewski
CZ cs-CZ schranka.example Brno: Tereza Nováková
HU hu-HU posta.example Budapest: Zsófia Kovács
RO ro-RO mesaj.example Cluj: Andrei Popescu
GR el-GR tachydromeio.example Thessaloniki: Eleni Papadopoulou
TR tr-TR posta-kutusu.example İzmir,Ankara: Ayşe Demir; Mehmet Kaya; Zeynep Öztürk; Çağlar Şahin
AE ar-AE barid.example Dubai,Sharjah: ar خالد المنصوري; ar مريم الهاشمي; Omar Al Farsi; ar نورة الكعبي
JO ar-JO risala.example Amman: ar ليلى حدادين; Rami Qasem
EG ar-EG sandouq.example Cairo,Alexandria: ar أحمد عبد الرحمن; ar سلمى فؤاد
MA fr-MA boite.example Casablanca: fr Yasmine El Idrissi; fr Karim Tazi
JP ja-JP yubin.example Kyoto,Osaka,Sendai: 佐藤 美咲; Haruto Nakamura; 田中 健一; Yuki Watanabe
KR ko-KR pyeonji.example Seoul: 김 서연
IN en-IN daakghar.example Bengaluru,Pune: Ananya Krishnan; Rohan Kulkarni
IL en-IL doar.example Haifa: Noa Shapira
US en-US mailhouse.example Portland,Austin,Madison: Ethan Caldwell; Grace Nakagawa; Marcus Bennett; Jasmine Rivera; Caleb Whitfield
CA en-CA northmail.example Halifax,Toronto: Amara Okonkwo; Étienne Bouchard
AU en-AU letterbox.example Melbourne,Hobart: Matilda Crowe; Lachlan Price
NZ en-NZ kiwipost.example Wellington: Aroha Ngata
ZA en-ZA posbus.example Cape Town: Thandiwe Mokoena
NG en-NG lettermail.example Lagos: Chidi Eze
`;

const BUSINESSES = `
Padraig Nolan = Nolan & Sons Bakery @ nolanbakery.example
Tamsin Reed = The Slow Tide Café @ slowtide.example
Leonie Richter = Café Zwischengang @ zwischengang.example
Benoît Lambert = Maison Lambert @ maisonlambert.example
Daan Bakker = Fietsbar Bakker @ fietsbar.example
Freja Sørensen = Studio Havn @ studiohavn.example
Andrei Popescu = Atelier Popescu @ atelierpopescu.example
Marcus Bennett = Bennett Roadhouse @ bennettroadhouse.example
Declan Murphy = Ferry Road Rowing Club @ ferryroadrowing.example
Sanne de Vries = Bureau Lichtstad @ lichtstad.example
Rocío Navarro = Librería La Marea @ libreriamarea.example
Gareth Pugh = Pugh Brothers Architects @ pughbrothers.example
`;

// Names in other scripts need an address in Latin letters, and the Japanese and Korean ones are addressed by their family name.
const LATIN: Record<string, { local: string; given: string }> = {
  'خالد المنصوري': { local: 'khaled.almansoori', given: 'خالد' }, 'مريم الهاشمي': { local: 'maryam.alhashimi', given: 'مريم' }, 'نورة الكعبي': { local: 'noura.alkaabi', given: 'نورة' },
  'ليلى حدادين': { local: 'layla.haddadin', given: 'ليلى' }, 'أحمد عبد الرحمن': { local: 'ahmed.abdelrahman', given: 'أحمد' }, 'سلمى فؤاد': { local: 'salma.fouad', given: 'سلمى' },
  '佐藤 美咲': { local: 'sato.misaki', given: 'Misaki' }, '田中 健一': { local: 'k.tanaka', given: 'Kenichi' }, '김 서연': { local: 'seoyeon.kim', given: 'Seoyeon' },
  'María Ángeles Ortega': { local: 'mangeles.ortega', given: 'María Ángeles' },
};

const MANNERS: readonly Manner[] = ['warm', 'warm', 'warm', 'brief', 'brief', 'formal', 'chatty'];

function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/ı/g, 'i').replace(/ø/gi, 'o').replace(/ł/gi, 'l').replace(/[^A-Za-z ]/g, '').toLowerCase();
}

function localPart(name: string, form: number): string {
  const known = LATIN[name];
  if (known) return known.local;
  const words = plain(name).split(' ').filter(Boolean);
  const first = words[0] ?? 'customer';
  const last = words.slice(1).join('');
  return [`${first}.${last}`, `${first}${last}`, `${first.slice(0, 1)}.${last}`, `${first}_${last}`][form] ?? first;
}

/** Everybody who ever wrote to the demo company; the same people for the same seed. */
export function makeCustomers(seed: string): DemoCustomer[] {
  const businesses = new Map(BUSINESSES.trim().split('\n').map((line) => {
    const [name = '', business = '', domain = ''] = line.split(/ = | @ /);
    return [name, { business, domain }];
  }));
  return PEOPLE.trim().split('\n').flatMap((line) => {
    const [head = '', people = ''] = line.split(': ');
    const [country = '', locale = '', provider = '', ...rest] = head.split(' ');
    const cities = rest.join(' ').split(',');
    return people.split('; ').map((person): DemoCustomer => {
      const spoken = /^(de|fr|es|ar) /.exec(person)?.[1] as Language | undefined;
      const name = spoken ? person.slice(3) : person;
      const random = randomFrom(`${seed}/customer/${name}`);
      const works = businesses.get(name);
      const address = works ? `${plain(name).split(' ')[0] ?? ''}@${works.domain}` : `${localPart(name, random.between(0, 3))}@${provider}`;
      return {
        key: address, name, given: LATIN[name]?.given ?? name.split(' ')[0] ?? name, address, country, language: spoken ?? 'en', locale, manner: works ? 'formal' : random.pick(MANNERS), business: works?.business ?? null, city: random.pick(cities),
      };
    });
  });
}
