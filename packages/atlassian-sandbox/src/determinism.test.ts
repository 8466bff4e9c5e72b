// SPDX-License-Identifier: Apache-2.0
import { SandboxOptions, startSandbox } from './startSandbox';
import { TestClient } from './__testUtils__/testClient';

const PATHS = [
  '/wiki/rest/api/group',
  '/wiki/rest/api/search/user?cql=type=user&sitePermissionTypeFilter=all',
  '/wiki/rest/api/content/search?cql=type=page&expand=version,ancestors,metadata.labels',
  '/wiki/api/v2/spaces?limit=3',
  '/wiki/api/v2/pages?limit=40&sort=-modified-date&body-format=storage',
];

/** Everything the paths answer, without the address of the server. */
async function bytes(options: SandboxOptions): Promise<string> {
  const sandbox = await startSandbox(options);
  try {
    const client = new TestClient(sandbox);
    const texts = await Promise.all(
      PATHS.map(async path => (await client.gateway(path)).text),
    );
    return JSON.stringify([sandbox.credentials, texts]).replaceAll(
      sandbox.url,
      'http://sandbox',
    );
  } finally {
    await sandbox.close();
  }
}

describe('determinism', () => {
  it.each(['demo', 'S'] as const)(
    'answers the same bytes for the same seed, at size %s',
    async size => {
      expect(await bytes({ size, seed: 7 })).toBe(
        await bytes({ size, seed: 7 }),
      );
    },
  );

  it('answers other bytes for another seed', async () => {
    expect(await bytes({ seed: 7 })).not.toBe(await bytes({ seed: 8 }));
  });
});

describe('sizes', () => {
  it('counts the fixed company in', async () => {
    const sandbox = await startSandbox({ size: 'S' });
    const { world } = sandbox;
    expect([
      world.accounts.size,
      world.pages.size,
      world.groups.size,
      world.spaces.size,
    ]).toEqual([500, 5000, 50, 20]);
    expect(sandbox.changes.page('Information Security Policy').space.key).toBe(
      'POL',
    );
    await sandbox.close();
  });

  it('holds the company that the README describes', async () => {
    const sandbox = await startSandbox();
    const { world, changes } = sandbox;
    expect(world.people).toHaveLength(25);
    expect(
      world.people
        .filter(person => person.employment === 'departed')
        .map(person => person.name),
    ).toEqual(['tamsin.vega', 'ulrich.bonney', 'victor.amsel']);
    expect(
      world.people.map(person => world.accounts.get(person.accountId)?.email),
    ).toEqual(world.people.map(person => person.email));
    const managers = world.people.flatMap(({ manager }) => manager ?? []);
    expect(world.people.map(({ name }) => name)).toEqual(
      expect.arrayContaining(managers),
    );
    expect(changes.account('victor.amsel').status).toBe('inactive');
    expect(
      [...changes.account('ulrich.bonney').groups].map(group => group.access),
    ).toContain('admin');
    expect(
      [...world.groups.values()].map(group => group.name.length),
    ).toContain(255);
    expect([...world.pages.values()].map(page => page.title?.length)).toContain(
      255,
    );
    await sandbox.close();
  });
});
