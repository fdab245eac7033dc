/** Card numbers that begin with `from`..`to` (compared over as many digits as they have) and have one of these lengths. */
interface IssuerRange {
  readonly from: string;
  readonly to: string;
  readonly lengths: readonly number[];
}

const range = (from: string, to: string, ...lengths: number[]): IssuerRange => ({ from, to, lengths });

// ISO/IEC 7812 leading digits as the networks publish them. Only networks that issue to people are listed, and debit
// networks with their own narrow prefixes instead of "everything with 50, 56 to 69": each digit kept out of this table
// is a tenth of some shop's order numbers that stay readable.
const ISSUER_RANGES: readonly IssuerRange[] = [
  range('4', '4', 13, 16, 19), // Visa; 13 digits were issued until about 2000
  range('51', '55', 16), range('2221', '2720', 16), // Mastercard
  range('34', '34', 15), range('37', '37', 15), // American Express
  range('6011', '6011', 16, 17, 18, 19), range('644', '649', 16, 17, 18, 19), range('65', '65', 16, 17, 18, 19), // Discover, RuPay, Elo
  range('300', '305', 14, 16), range('3095', '3095', 14, 16), range('36', '36', 14, 16), range('38', '39', 14, 16), // Diners
  range('3528', '3589', 16, 17, 18, 19), // JCB
  range('62', '62', 16, 17, 18, 19), range('810', '817', 16, 17, 18, 19), // UnionPay
  range('2200', '2204', 16, 17, 18, 19), // Mir
  range('5018', '5020', 13, 15, 16, 17, 18, 19), range('5038', '5038', 13, 15, 16, 17, 18, 19), // Maestro, Dankort
  range('5612', '5612', 13, 15, 16, 17, 18, 19), range('5893', '5893', 13, 15, 16, 17, 18, 19),
  range('6304', '6304', 13, 15, 16, 17, 18, 19), range('6390', '6390', 13, 15, 16, 17, 18, 19), range('6759', '6763', 13, 15, 16, 17, 18, 19),
  range('6333', '6334', 16, 18, 19), range('6767', '6767', 16, 18, 19), range('6703', '6703', 16, 17, 19), range('672', '672', 16, 18, 19),
  range('506099', '506198', 16, 18, 19), // Verve
  range('5066', '5067', 16), range('5090', '5090', 16), range('627780', '627780', 16), range('6362', '6363', 16), range('6062', '6062', 16), // Elo, Hipercard
  range('5085', '5089', 16), range('6069', '6085', 16), range('8201', '8202', 16), range('353', '356', 16), // RuPay
  range('9792', '9792', 16), // Troy
  range('8600', '8600', 16), range('9860', '9860', 16), range('5614', '5614', 16), // Uzcard, Humo
];

// Two leading digits decide nearly always, and asking them first keeps a page full of numbers cheap.
const byFirstTwo = new Map<string, IssuerRange[]>();
for (let n = 0; n < 100; n++) {
  const two = String(n).padStart(2, '0');
  const fitting = ISSUER_RANGES.filter((r) => two >= r.from.slice(0, 2) && two.slice(0, r.to.length) <= r.to.slice(0, 2));
  if (fitting.length > 0) byFirstTwo.set(two, fitting);
}

/** Whether a network issues numbers that begin and are as long as `digits` (ASCII digits only). */
export function isIssued(digits: string): boolean {
  const ranges = byFirstTwo.get(digits.slice(0, 2));
  if (ranges === undefined) return false;
  return ranges.some((r) => {
    const lead = digits.slice(0, r.from.length);
    return lead >= r.from && lead <= r.to && r.lengths.includes(digits.length);
  });
}
