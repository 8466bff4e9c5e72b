// SPDX-License-Identifier: Apache-2.0
import {
  type BrowserContext,
  test as base,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';

/** The connection of the demo. */
export const SITE = 'northwind';
/** Checks that fail on the demo, each for another part of what is read. */
const FAILING = [
  'access.offboarded-removed',
  'access.user-identified',
  'access.critical-system-valid',
  'auth.mfa-enabled',
  'space.no-anonymous',
  'policy.document-set-up',
];

/** A portal that has just begun needs this long for its first sync and its first checks. */
const FIRST_READ_MS = 240_000;

/** The four people of the demo, by role. */
export const people = {
  admin: 'Bram Okafor',
  reviewer: 'Ada Lindqvist',
  auditor: 'Quinn Abernathy',
  engineer: 'Kavya Sørensen',
} as const;

/** What a route of the backend answered. */
interface Answer {
  status: number;
  body: any;
}

/** The demo portal in one tab, as whoever has signed in there. */
export class Portal {
  /** Errors that pages threw, and dialogs that hostile text has opened. */
  readonly broken: string[] = [];
  #token?: string;
  #backend?: string;

  constructor(readonly page: Page) {
    page.on('pageerror', error => this.broken.push(error.message));
    page.on('dialog', async dialog => {
      this.broken.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    // What the page may do is tried with the very token that the page uses.
    page.on('request', request => {
      const { authorization } = request.headers();
      const [, backend] = /^(.*\/api)\//.exec(request.url()) ?? [];
      if (backend && authorization) {
        this.#backend = backend;
        this.#token = authorization;
      }
    });
  }

  /** Signs in and waits until the portal has let them in. */
  async signIn(role: keyof typeof people, path = '/confluence-compliance') {
    await this.page.goto(path);
    await this.page.getByRole('heading', { name: people[role] }).click();
    // Leaving before the answer is there would ask for the sign-in again.
    await expect(
      this.page.getByRole('link', { name: 'Compliance' }).first(),
    ).toBeVisible();
  }

  /** Opens a page of the plugin, such as `/checks`. */
  async open(path: string) {
    await this.page.goto(`/confluence-compliance${path}`);
  }

  /** Calls the plugin's API, such as `/connections`, from the page. */
  api(path: string, method = 'GET'): Promise<Answer> {
    return this.call(`/confluence-compliance${path}`, method);
  }

  /** Calls any API of the backend from the page. */
  async call(path: string, method = 'GET'): Promise<Answer> {
    await expect.poll(() => this.#token, 'a token').toBeDefined();
    return this.page.evaluate(
      async ({ url, authorization, verb }) => {
        const response = await fetch(url, {
          method: verb,
          headers: { authorization },
        });
        const text = await response.text();
        return {
          status: response.status,
          body: text === '' ? undefined : JSON.parse(text),
        };
      },
      {
        url: `${this.#backend}${path}`,
        authorization: this.#token!,
        verb: method,
      },
    );
  }

  /** Waits until the first sync has ended and the checks have found what the demo is made of. */
  async isRead() {
    await expect(async () => {
      const { body } = await this.api('/checks');
      const failing = body.items
        .filter(({ verdict }: any) => verdict === 'fail')
        .map(({ id }: any) => id);
      expect(failing).toEqual(expect.arrayContaining(FAILING));
      const connection = await this.api(`/connections/${SITE}`);
      expect(connection.body.greenTick).toBe(true);
    }).toPass({ timeout: FIRST_READ_MS });
  }

  /**
   * Opens the catalog page of an entity. Mirrored ones follow the history within half a minute,
   * and what we add to the catalog stands in a namespace of its own.
   */
  async openEntity(kind: string, title: string, namespace = 'confluence') {
    const query = new URLSearchParams({
      filter: `kind=${kind},metadata.namespace=${namespace}`,
      fullTextFilterTerm: title,
      fullTextFilterFields: 'metadata.title,spec.profile.displayName',
      limit: '200',
    });
    let path = '';
    await expect(async () => {
      const { body } = await this.call(`/catalog/entities/by-query?${query}`);
      const entity = body.items.find(
        ({ metadata, spec }: any) =>
          (metadata.title ?? spec?.profile?.displayName) === title,
      );
      expect(entity, `${kind} ${title}`).toBeDefined();
      path = `/catalog/${namespace}/${kind}/${entity.metadata.name}`;
    }).toPass({ timeout: FIRST_READ_MS });
    await this.page.goto(path);
  }
}

interface ForWorker {
  /** One browser for all tests, whose cache spares each next page most of its load. */
  browsing: BrowserContext;
  /** The portal knows the company: its first sync has ended. */
  company: void;
}

/** Tests that drive the portal; a page that throws or opens a dialog fails them. */
export const test = base.extend<{ portal: Portal }, ForWorker>({
  browsing: [
    async ({ browser }, provide, { project }) => {
      const { baseURL } = project.use;
      const context = await browser.newContext({ baseURL });
      await provide(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  company: [
    async ({ browsing }, provide) => {
      const page = await browsing.newPage();
      const portal = new Portal(page);
      await portal.signIn('admin');
      await portal.isRead();
      await page.close();
      await provide();
    },
    { scope: 'worker', auto: true, timeout: 2 * FIRST_READ_MS },
  ],
  // A tab of its own: whoever has signed in is remembered by tab.
  page: async ({ browsing }, provide) => {
    const page = await browsing.newPage();
    await provide(page);
    await page.close();
  },
  portal: async ({ page }, provide) => {
    const portal = new Portal(page);
    await provide(portal);
    expect(portal.broken).toEqual([]);
  },
});

/** A card of an entity page, by its heading. */
export function card(page: Page, name: string): Locator {
  const heading = page.getByRole('heading', { name, exact: true });
  return page.getByRole('article').filter({ has: heading });
}

/** The tabs of our pages. */
export function tabs(page: Page): Locator {
  return page.getByRole('tablist', { name: 'Toolbar tabs' }).getByRole('tab');
}

export { expect };
