// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LIMIT_MS = 5 * 60_000;
const PAUSE_MS = 1_000;

/** The portal as somebody sees it who signed in as a guest. */
export class Guest {
  #url;
  #token;

  constructor(url) {
    this.#url = url;
  }

  async signIn() {
    const answer = await fetch(`${this.#url}/api/auth/guest/refresh`);
    const { backstageIdentity } = await answer.json();
    this.#token = backstageIdentity?.token;
    if (!this.#token) {
      throw new Error(`A guest cannot sign in: status ${answer.status}`);
    }
  }

  async request(path, { method = 'GET', expected = 200 } = {}) {
    const answer = await fetch(`${this.#url}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}` },
    });
    const text = await answer.text();
    if (answer.status !== expected) {
      throw new Error(
        `${method} ${path} answered ${answer.status}, not ${expected}: ${text}`,
      );
    }
    return text && JSON.parse(text);
  }
}

/** Asks again until there is an answer. */
export async function eventually(what, ask, limit = LIMIT_MS) {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${limit / 1_000} seconds in vain: ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
}

export async function isUp(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** The connection of the README is there, and asking it to sync publishes. */
export async function proveSync(guest) {
  const { items } = await guest.request('confluence-compliance/connections');
  if (items.length !== 1) {
    throw new Error(`Expected one connection: ${JSON.stringify(items)}`);
  }
  const [{ id, title }] = items;
  await guest.request(`confluence-compliance/connections/${id}/sync`, {
    method: 'POST',
    expected: 202,
  });
  const run = await eventually(`a published sync of ${id}`, async () => {
    const runs = await guest.request(
      `confluence-compliance/connections/${id}/runs`,
    );
    const failed = runs.items.find(({ state }) => state === 'failed');
    if (failed) {
      throw new Error(`A sync failed: ${JSON.stringify(failed)}`);
    }
    return runs.items.find(({ state }) => state === 'published');
  });
  return { id, title, revision: run.revision };
}

/** The catalog shows each kind of entity that the README's configuration asks for. */
export async function proveCatalog(guest) {
  const wanted = ['System', 'Resource', 'Group', 'User'];
  return eventually(`${wanted.join(', ')} in the catalog`, async () => {
    const { facets } = await guest.request(
      'catalog/entity-facets?facet=kind&filter=metadata.namespace=confluence',
    );
    const has = new Map(facets.kind.map(({ value, count }) => [value, count]));
    return (
      wanted.every(kind => has.has(kind)) &&
      wanted.map(kind => `${has.get(kind)} ${kind}`)
    );
  });
}

/** The built portal holds the frontend plugin, without anybody having named it there. */
export function proveBundle(dist) {
  const folder = join(dist, 'static');
  const holding = readdirSync(folder).filter(
    name =>
      name.endsWith('.js') &&
      readFileSync(join(folder, name), 'utf8').includes(
        '/confluence-compliance',
      ),
  );
  if (holding.length === 0) {
    throw new Error('The built portal does not contain the frontend plugin');
  }
  return holding;
}

/** A guest finds Compliance in the navigation, and the connection behind it. */
export async function provePage({ chromium, url, title }) {
  const { chromium: launcher } = await import('@playwright/test');
  const browser = await launcher.launch({
    executablePath: chromium,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    const thrown = [];
    page.on('pageerror', error => thrown.push(error.message));
    await page.goto(url);
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByRole('link', { name: 'Compliance' }).first().click();
    await page
      .getByRole('tab', { name: 'Connections' })
      .or(page.getByRole('link', { name: 'Connections' }))
      .first()
      .click();
    await page.getByRole('article', { name: title }).waitFor();
    if (thrown.length > 0) {
      throw new Error(`The page threw: ${thrown.join('; ')}`);
    }
  } finally {
    await browser.close();
  }
}
