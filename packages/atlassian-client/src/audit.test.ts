// SPDX-License-Identifier: Apache-2.0
import { CredentialRefusedError, listPages, MissingScopeError } from './index';
import {
  clientOf,
  errorOf,
  startServer,
  stopAll,
  type TestServer,
} from './__testUtils__';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(stopAll);

const record = {
  author: {
    type: 'user',
    displayName: 'Jane Doe',
    accountId: 'jane',
    accountType: 'atlassian',
    operations: null,
    isExternalCollaborator: false,
  },
  remoteAddress: '203.0.113.7',
  creationDate: 1637054756738,
  summary: 'User added to group',
  description: '',
  category: 'Users and groups',
  sysAdmin: false,
  superAdmin: false,
  affectedObject: { name: 'developers:g-1', objectType: 'Group' },
  changedValues: [
    {
      name: 'Members',
      oldValue: '',
      newValue: 'John',
      hiddenOldValue: '',
      hiddenNewValue: 'john',
    },
  ],
  associatedObjects: [{ name: 'John', objectType: 'User' }],
};

const answer = (results: unknown[], rest: object = {}) => ({
  body: { results, start: 0, limit: 1000, size: results.length, ...rest },
});

it('reads the audit log', async () => {
  server.handle = () => answer([record]);
  const client = clientOf(server);
  expect(await client.auditRecords()).toEqual({
    items: [
      {
        author: {
          accountId: 'jane',
          type: 'user',
          accountType: 'atlassian',
          displayName: 'Jane Doe',
        },
        createdAt: '2021-11-16T09:25:56.738Z',
        summary: 'User added to group',
        description: undefined,
        category: 'Users and groups',
        remoteAddress: '203.0.113.7',
        sysAdmin: false,
        superAdmin: false,
        affectedObject: { name: 'developers:g-1', objectType: 'Group' },
        changedValues: [
          { name: 'Members', newValue: 'John', hiddenNewValue: 'john' },
        ],
        associatedObjects: [{ name: 'John', objectType: 'User' }],
      },
    ],
    malformed: [],
    limit: 1000,
  });
  const [{ url }] = server.seen;
  expect(url.pathname + url.search).toBe(
    '/wiki/rest/api/audit?limit=1000&start=0',
  );
  expect(client.stats().points).toBe(1);
});

it('reads it to its end', async () => {
  const rows = Array.from({ length: 5 }, (_, index) => ({
    ...record,
    summary: `event ${index}`,
  }));
  server.handle = ({ url }) => {
    const start = Number(url.searchParams.get('start'));
    const results = rows.slice(start, start + 2);
    const next = `/rest/api/audit?next=true&limit=2&start=${start + 2}`;
    const more = start + 2 < rows.length;
    return answer(results, { limit: 2, _links: more ? { next } : {} });
  };
  const client = clientOf(server);
  const found: string[] = [];
  for await (const page of listPages(cursor =>
    client.auditRecords({ cursor, limit: 2 }),
  )) {
    found.push(...page.items.map(({ summary }) => summary));
  }
  expect(found).toEqual(rows.map(({ summary }) => summary));
  expect(server.seen).toHaveLength(3);
});

it('reads the part of it between two times', async () => {
  server.handle = () => answer([]);
  const client = clientOf(server);
  const from = '2021-11-16T09:25:56.738Z';
  await client.auditRecords({ from, to: '2021-11-17T00:00:00Z' });
  const { searchParams } = server.seen[0].url;
  expect(searchParams.get('startDate')).toBe('1637054756738');
  expect(searchParams.get('endDate')).toBe('1637107200000');
  const error = await errorOf(client.auditRecords({ from: 'lately' }));
  expect(error).toBeInstanceOf(TypeError);
  expect(server.seen).toHaveLength(1);
});

it('takes what is missing, and reports what makes no sense', async () => {
  const { creationDate, summary } = record;
  server.handle = () =>
    answer([
      { creationDate, summary },
      { ...record, author: null, affectedObject: null, changedValues: null },
      { ...record, creationDate: '2021-11-16' },
      { ...record, creationDate: 1e17 },
      { ...record, summary: 7 },
      { ...record, changedValues: ['secret value'] },
      'secret value',
    ]);
  const { items, malformed } = await clientOf(server).auditRecords();
  expect(items).toHaveLength(2);
  expect(items[0]).toMatchObject({ associatedObjects: [], changedValues: [] });
  expect(items[0].author).toBeUndefined();
  expect(items[1]).toMatchObject({ changedValues: [] });
  expect(malformed).toEqual([
    { index: 2, issue: 'creationDate: expected number' },
    { index: 3, issue: expect.stringContaining('creationDate') },
    { index: 4, issue: 'summary: expected string' },
    { index: 5, issue: 'changedValues.0: expected object' },
    { index: 6, issue: 'record: expected object' },
  ]);
});

it('says who may not read it, and which scope is missing', async () => {
  server.handle = () => ({ status: 403 });
  const error = await errorOf(clientOf(server).auditRecords());
  expect(error).toBeInstanceOf(CredentialRefusedError);
  expect(error).toMatchObject({ reason: 'forbidden' });
  server.handle = () => ({
    status: 401,
    body: { message: 'Unauthorized; scope does not match' },
  });
  const missing = await errorOf(clientOf(server).auditRecords());
  expect(missing).toBeInstanceOf(MissingScopeError);
  expect(missing.message).toContain('read:audit-log:confluence');
});
