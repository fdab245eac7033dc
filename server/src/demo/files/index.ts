import { coffees, money } from '../catalogue.ts';
import { company } from '../company.ts';
import type { PlannedFile } from '../story/step.ts';
import { makePdf, type Line } from './pdf.ts';

export { lantern, photo } from './picture.ts';

const head: readonly Line[] = [
  { text: company.name, x: 56, y: 70, size: 18, isBold: true }, { text: 'Lantern Quay 12, Dublin', x: 56, y: 88 }, { text: `${company.shop}  ·  help@${company.domain}`, x: 56, y: 102 },
];
const isoDay = (date: Date) => date.toISOString().slice(0, 10);
const pdf = (filename: string, lines: readonly Line[], rules?: readonly number[]): PlannedFile => ({ filename, mediaType: 'application/pdf', content: makePdf([...head, ...lines], rules) });

/** An invoice with one position and 23 % tax inside its total. */
export function invoice(number: string, customer: string, vat: string, position: string, totalMinor: number, date: Date): PlannedFile {
  const netMinor = Math.round(totalMinor / 1.23);
  const amounts: [string, number][] = [['Net', netMinor], ['VAT 23 %', totalMinor - netMinor], ['Total', totalMinor]];
  return pdf(`${number}.pdf`, [
    { text: `Invoice ${number}`, x: 56, y: 160, size: 16, isBold: true }, { text: `Date: ${isoDay(date)}`, x: 56, y: 180 }, { text: `To: ${customer}`, x: 56, y: 196 }, { text: `VAT number: ${vat}`, x: 56, y: 212 },
    { text: 'Description', x: 56, y: 252, isBold: true }, { text: 'Amount', x: 470, y: 252, isBold: true }, { text: position, x: 56, y: 274 }, { text: money(totalMinor, 'en'), x: 470, y: 274 },
    ...amounts.flatMap(([label, amount], i): Line[] => [{ text: label, x: 380, y: 318 + i * 16, isBold: label === 'Total' }, { text: money(amount, 'en'), x: 470, y: 318 + i * 16, isBold: label === 'Total' }]),
    { text: 'Paid. Thank you for your order.', x: 56, y: 400 },
  ], [258, 300]);
}

export function returnLabel(order: string, carrier: string, parcel: string): PlannedFile {
  return pdf(`return-label-${order}.pdf`, [
    { text: 'Return label', x: 56, y: 160, size: 20, isBold: true }, { text: `${carrier}, prepaid`, x: 56, y: 186, size: 14 }, { text: `To: ${company.name}, Returns, Lantern Quay 12, Dublin`, x: 56, y: 220, size: 12 },
    { text: `Order ${order}`, x: 56, y: 244, size: 12 }, { text: parcel, x: 56, y: 300, size: 32, isBold: true }, { text: 'Cut here and stick over the old label.', x: 56, y: 348 },
  ], [332]);
}

export function receipt(title: string, amount: string, date: Date): PlannedFile {
  return pdf(`${title.toLowerCase().replaceAll(' ', '-')}.pdf`, [
    { text: title, x: 56, y: 160, size: 20, isBold: true }, { text: amount, x: 56, y: 200, size: 28, isBold: true }, { text: `Date: ${isoDay(date)}`, x: 56, y: 232 },
  ], [250]);
}

export function priceList(): PlannedFile {
  return pdf('trade-prices.pdf', [
    { text: 'Trade prices for one kilo', x: 56, y: 160, size: 16, isBold: true },
    ...['up to 5 kg a week', 'up to 15 kg', 'more'].map((text, i): Line => ({ text, x: 250 + i * 100, y: 196, isBold: true })),
    ...coffees.flatMap((coffee, i): Line[] => [
      { text: coffee.name, x: 56, y: 222 + i * 20 }, ...[3.2, 2.9, 2.6].map((factor, j): Line => ({ text: money(Math.round((coffee.priceMinor * factor) / 10) * 10, 'en'), x: 250 + j * 100, y: 222 + i * 20 })),
    ]),
    { text: 'Roasted on Mondays and Wednesdays. Free delivery from 3 kg.', x: 56, y: 370 },
  ], [202]);
}

/** A table as spreadsheets export it. */
export function csv(filename: string, rows: readonly (readonly string[])[]): PlannedFile {
  const cell = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return { filename, mediaType: 'text/csv', content: Buffer.from(`${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`) };
}
