// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { readCatalogOptions } from './config';

function read(catalog?: JsonObject) {
  const data = catalog ? { confluenceCompliance: { catalog } } : {};
  return readCatalogOptions(mockServices.rootConfig({ data }));
}

describe('readCatalogOptions', () => {
  it('needs nothing but an owner', () => {
    expect(read({ owner: 'security' })).toEqual({
      entities: {
        owner: 'group:default/security',
        namespace: 'confluence',
        accounts: 'user',
        pages: { all: false, labels: [] },
        groups: {},
        spaces: {},
        personalSpaces: false,
        ceilings: { users: 5000, groups: 2000, spaces: 2000, pages: 2000 },
      },
      schedule: {
        frequency: { seconds: 30 },
        timeout: { minutes: 3 },
        initialDelay: { seconds: 5 },
      },
      reconcile: { hours: 24 },
    });
  });

  it('reads what is set', () => {
    expect(
      read({
        owner: 'user:default/ann',
        namespace: 'wiki',
        accounts: 'none',
        pages: { labels: ['policy'], all: true },
        groups: { include: ['a*'], exclude: ['b'] },
        personalSpaces: true,
        ceilings: { pages: 7 },
        schedule: { frequency: 'PT1M', timeout: { minutes: 2 } },
        reconcile: 'PT6H',
      }),
    ).toMatchObject({
      entities: {
        owner: 'user:default/ann',
        namespace: 'wiki',
        accounts: 'none',
        pages: { labels: ['policy'], all: true },
        groups: { include: ['a*'], exclude: ['b'] },
        personalSpaces: true,
        ceilings: { users: 5000, pages: 7 },
      },
      schedule: { timeout: { minutes: 2 } },
      reconcile: { hours: 6 },
    });
  });

  it.each<[JsonObject | undefined, string]>([
    [undefined, 'owner'],
    [{}, 'owner'],
    [{ owner: 'a:b:c/d/e' }, 'owner'],
    [{ owner: 'x', namespace: 'Not A Namespace' }, 'namespace'],
    [{ owner: 'x', namespace: 'default' }, 'namespace'],
    [{ owner: 'x', accounts: 'users' }, 'accounts'],
    [{ owner: 'x', ceilings: { users: -1 } }, 'ceilings.users'],
    [{ owner: 'x', ceilings: { pages: 1.5 } }, 'ceilings.pages'],
    [{ owner: 'x', reconcile: 'often' }, 'reconcile'],
    [{ owner: 'x', schedule: { frequency: 'PT1M' } }, 'schedule'],
    [{ owner: 'x', personalSpace: true }, 'personalSpace'],
    [{ owner: 'x', pages: { label: ['policy'] } }, 'pages.label'],
    [{ owner: 'x', spaces: { excludes: ['PPL'] } }, 'spaces.excludes'],
    [{ owner: 'x', groups: { excluded: ['a'] } }, 'groups.excluded'],
    [{ owner: 'x', ceilings: { accounts: 1 } }, 'ceilings.accounts'],
  ])('%j stops the start with a line that names %s', (catalog, key) => {
    let message = '';
    try {
      read(catalog);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain(`confluenceCompliance.catalog.${key}'`);
    expect(message).not.toContain('\n');
  });
});
