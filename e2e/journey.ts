import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { layCable, type Cable } from './cable.ts';
import { openBrowser } from './browser.ts';
import { foundCompany, type Company } from './company.ts';
import { openCustomers, type Customers } from './customers.ts';
import { sitDown, type Desk } from './desk.ts';
import { startProduct, type Caller, type Product } from './product.ts';

export interface Journey {
  readonly product: Product;
  readonly browser: Browser;
  readonly customers: Customers;
  /** Between the browsers and the product. */
  readonly cable: Cable;
  /** A company whose one inbox sends to the customers' mail server; only with `company`. */
  readonly company: Company;
  /** A browser of its own for somebody. It is closed after the test, which fails when a page complained. */
  sit(who?: Caller, options?: BrowserContextOptions, prepare?: (page: Page) => Promise<unknown>): Promise<Desk>;
}

interface Settings {
  args?: readonly string[];
  /** Further variables for the product. */
  env?: Record<string, string>;
  /** Without it Rapport stands as on the first day. */
  hasCompany?: boolean;
}

/** For the top of a `describe`: the product, a browser and the customers' mail server, opened before its tests and closed after them. */
export function openJourney({ args = [], env = {}, hasCompany = true }: Settings = {}): Journey {
  let product: Product | undefined;
  let browser: Browser | undefined;
  let customers: Customers | undefined;
  let cable: Cable | undefined;
  let company: Company | undefined;
  const desks: Desk[] = [];
  const there = <T>(what: T | undefined): T => {
    if (what === undefined) throw new Error('The journey has not begun.');
    return what;
  };
  before(async () => {
    customers = await openCustomers();
    cable = await layCable();
    product = await startProduct(args, cable, env);
    if (hasCompany) company = await foundCompany(product, customers.port);
    browser = await openBrowser();
  });
  afterEach(async () => {
    cable?.plugIn();
    const complaints: string[] = [];
    for (const desk of desks.splice(0)) {
      complaints.push(...desk.complaints);
      await desk.close();
    }
    assert.deepEqual(complaints, [], 'no page complained');
  });
  after(async () => {
    await browser?.close();
    await cable?.close();
    await product?.stop();
    await customers?.close();
  });
  return {
    get product() {
      return there(product);
    },
    get browser() {
      return there(browser);
    },
    get customers() {
      return there(customers);
    },
    get cable() {
      return there(cable);
    },
    get company() {
      return there(company);
    },
    async sit(who, options, prepare) {
      const desk = await sitDown(there(browser), there(product), who, options, prepare);
      desks.push(desk);
      return desk;
    },
  };
}
