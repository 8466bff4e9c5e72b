// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { GROUP_RELATION_LIMIT } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { History, RevisionGoneError } from '.';
import { entityName } from './entityName';
import {
  account,
  group,
  many,
  member,
  openHistory,
  page,
  publishAll,
  readAll,
} from './__testUtils__/setup';

jest.setTimeout(120_000);

async function touched(history: History, since: number | string) {
  const { items } = await history.changes({ since, limit: 500 });
  return items.map(item => `${item.kind} ${item.connection} ${item.id}`);
}

describe('entityName', () => {
  const ref = { kind: 'group' as const, connection: 'acme', id: '1' };

  it('is readable, valid and told apart by its hash', () => {
    expect(entityName(ref, 'Équipe  Été & Co.')).toMatch(
      /^equipe-ete-co-[a-z2-7]{8}$/,
    );
    expect(entityName(ref, '日本')).toMatch(/^group-[a-z2-7]{8}$/);
    expect(entityName(ref, 'x'.repeat(200))).toHaveLength(49);
    expect(entityName(ref, `${'x'.repeat(39)} y`)).toMatch(/^x{39}-[a-z2-7]+$/);
    const others = [
      { ...ref, id: '2' },
      { ...ref, connection: 'beta' },
      { ...ref, kind: 'space' as const },
    ].map(other => entityName(other, 'Same'));
    expect(new Set([...others, entityName(ref, 'Same')]).size).toBe(4);
  });
});

describe('changes feed', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();

  it.each(ids)('tells states and keeps names, %p', async id => {
    const history = await openHistory(await databases.init(id));
    expect(await history.touchSite('acme', 'Acme')).toMatchObject({
      revision: 1,
    });
    expect((await history.touchSite('acme', 'Acme')).revision).toBeUndefined();
    await readAll(history, {
      runId: '1',
      dataset: 'accounts',
      rows: [account('a', 'Ann')],
    });
    await readAll(history, {
      runId: '1',
      dataset: 'groups',
      rows: [group('g')],
    });
    await readAll(history, {
      runId: '1',
      dataset: 'memberships',
      key: 'g',
      rows: [member('g', 'a')],
    });
    await history.publish({ runId: '1' });
    await history.change({}, change =>
      change.put(
        { source: 'identity', dataset: 'identity_links', key: 'links' },
        {
          key: 'a',
          payload: { source: 's', person: 'user:default/ann', how: 'manual' },
        },
      ),
    );
    const { items, head, more } = await history.changes({ limit: 10 });
    expect({ head, more }).toEqual({ head: 3, more: false });
    const [site, team, ann] = items;
    expect(site).toMatchObject({
      kind: 'site',
      id: 'acme',
      state: { title: 'Acme' },
    });
    expect(team).toMatchObject({
      kind: 'group',
      state: {
        title: 'Team',
        managedBy: 'ADMINS',
        usageType: 'TEAM',
        members: 1,
      },
    });
    expect(ann).toMatchObject({
      kind: 'account',
      revision: 3,
      gone: false,
      state: {
        title: 'Ann',
        accountStatus: 'active',
        listed: true,
        groups: [{ id: 'g', name: team.name }],
        person: 'user:default/ann',
      },
    });
    expect(ann.name).toMatch(/^ann-/);

    // A rename touches the group alone, and it keeps its name.
    await publishAll(history, {
      runId: '2',
      dataset: 'groups',
      rows: [group('g', 'Other')],
    });
    const renamed = await history.changes({ since: 3, limit: 10 });
    expect(renamed.items).toMatchObject([
      { kind: 'group', name: team.name, state: { title: 'Other' } },
    ]);
    // So it does after it went and came back.
    await publishAll(history, { runId: '3', dataset: 'groups', rows: [] });
    expect(await touched(history, 4)).toEqual([
      'account acme a',
      'group acme g',
    ]);
    const gone = await history.changes({ since: 4, limit: 10 });
    expect(gone.items).toMatchObject([
      { state: { groups: [] } },
      { kind: 'group', gone: true, name: team.name },
    ]);
    await publishAll(history, {
      runId: '4',
      dataset: 'groups',
      rows: [group('g', 'Back')],
    });
    const back = await history.changes({
      since: 5,
      limit: 10,
      kinds: ['group'],
    });
    expect(back.items).toMatchObject([{ gone: false, name: team.name }]);
  });

  it.each(ids)('touches an account of every site, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const read = { dataset: 'accounts', rows: [account('a', 'Ann')] };
    await publishAll(history, { ...read, runId: '1', source: 'acme' });
    await publishAll(history, { ...read, runId: '2', source: 'beta' });
    const renamed = await publishAll(history, {
      dataset: 'accounts',
      rows: [account('a', 'Anna')],
      runId: '3',
    });
    expect(renamed).toMatchObject({ revision: 3, opened: 0, changed: 0 });
    expect(await touched(history, 2)).toEqual([
      'account acme a',
      'account beta a',
    ]);
    const quiet = await publishAll(history, {
      ...read,
      runId: '4',
      rows: [
        { ...account('a'), profile: { kind: 'account', id: 'a', name: ' ' } },
      ],
    });
    expect(quiet.revision).toBeUndefined();
    const known = await history.profiles('account', ['a', 'b']);
    expect([...known.values()]).toEqual([
      { kind: 'account', id: 'a', name: 'Anna' },
    ]);
  });

  it.each(ids)('takes no text for an email that is too long, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const email = `${randomBytes(4000).toString('hex')}@example.com`;
    await publishAll(history, {
      runId: '1',
      dataset: 'accounts',
      rows: [
        {
          ...account('a'),
          profile: { kind: 'account', id: 'a', name: 'Ann', email },
        },
      ],
    });
    expect((await history.profiles('account', ['a'])).get('a')).toEqual({
      kind: 'account',
      id: 'a',
      name: 'Ann',
    });
  });

  it.each(ids)('stores and names more than a page of them, %p', async id => {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    const [first, second] = [many(2100, n => n), many(2001, n => 2050 + n)];
    const rowsOf = (numbers: number[], name: string) =>
      numbers.map(n => account(`a${n}`, `${name} ${n}`));
    const read = { runId: '1', dataset: 'accounts' };
    await readAll(history, { ...read, key: 'one', rows: rowsOf(first, 'Ann') });
    await readAll(history, { ...read, key: 'two', rows: [] });
    await readAll(history, {
      ...read,
      key: 'three',
      rows: rowsOf(second, 'Bob'),
    });
    await history.publish({ runId: '1' });
    const known = await history.profiles(
      'account',
      many(4051, n => `a${n}`),
    );
    expect(known.size).toBe(4051);
    // Of both reads, the one that was started later says what they are called.
    expect(
      ['a2049', 'a2050', 'a2099', 'a4050'].map(key => known.get(key)?.name),
    ).toEqual(['Ann 2049', 'Bob 2050', 'Bob 2099', 'Bob 4050']);
    const subjects = await knex('history_subjects').select('id', 'name');
    expect(subjects).toHaveLength(4051);
    expect(subjects.filter(({ name }) => name === null)).toEqual([]);
    expect(subjects.find(subject => subject.id === 'a4050').name).toMatch(
      /^bob-4050-/,
    );
  });

  it.each(ids)('finds profiles by email, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const email = ' Ann@Example.com';
    await publishAll(history, {
      runId: '1',
      dataset: 'accounts',
      rows: [{ ...account('a'), profile: { kind: 'account', id: 'a', email } }],
    });
    const found = await history.profilesByEmail('account', ['ann@example.com']);
    expect(found.get('ann@example.com')).toMatchObject([{ id: 'a' }]);
    expect(
      (await history.profilesByEmail('person', ['ann@example.com'])).size,
    ).toBe(0);
  });

  it.each(ids)('knows whose email begins with a word, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const emails: Record<string, string | undefined> = {
      info: ' Info@example.com',
      support: 'SUPPORT@example.com',
      informed: 'informed@example.com',
      bare: 'info',
      hidden: undefined,
    };
    await publishAll(history, {
      runId: '1',
      dataset: 'accounts',
      rows: Object.entries(emails).map(([key, email]) => ({
        ...account(key),
        profile: { kind: 'account', id: key, name: key, email },
      })),
    });
    const all = [...Object.keys(emails), 'nobody'];
    const holders = async (asked: string[], words?: string[]) =>
      [...(await history.emailHolders('account', asked, words))].sort();
    expect(await holders(all)).toEqual(['bare', 'info', 'informed', 'support']);
    expect(await holders(all, ['INFO', 'support'])).toEqual([
      'bare',
      'info',
      'support',
    ]);
    expect(await holders(['informed', 'hidden'], ['info'])).toEqual([]);
    expect(await holders(all, [])).toEqual([]);
  });

  it.each(ids)('speaks of pages once they had a label, %p', async id => {
    const history = await openHistory(await databases.init(id));
    await publishAll(history, {
      runId: '1',
      dataset: 'pages',
      key: 's',
      rows: [page('p', 's'), page('q', 's')],
    });
    expect(await touched(history, 0)).toEqual([]);
    const labels = { dataset: 'labels', key: 'policy' };
    const label = { pageId: 'p', label: 'policy' };
    await publishAll(history, {
      ...labels,
      runId: '2',
      rows: [{ key: 'policy/p', payload: label }],
    });
    await publishAll(history, {
      runId: '3',
      dataset: 'restrictions',
      rows: [{ key: 'p', payload: { read: 'own', from: null } }],
    });
    const [item] = (await history.changes({ limit: 10 })).items;
    expect(item).toMatchObject({
      kind: 'page',
      id: 'p',
      state: { labels: ['policy'], restriction: 'own' },
    });
    await publishAll(history, { ...labels, runId: '4', rows: [] });
    await publishAll(history, {
      runId: '5',
      dataset: 'pages',
      key: 's',
      rows: [page('p', 's', 'Title'), page('q', 's', 'Title')],
    });
    expect(await touched(history, 4)).toEqual(['page acme p']);
  });

  it.each(ids)('speaks of all pages when told to, %p', async id => {
    const knex = await databases.init(id);
    const history = await openHistory(knex, { pageSubjects: 'all' });
    await publishAll(history, {
      runId: '1',
      dataset: 'pages',
      key: 's',
      rows: [page('p', 's')],
    });
    expect(await touched(history, 0)).toEqual(['page acme p']);
  });

  it.each(ids)('tells members of large groups apart, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const all = many(GROUP_RELATION_LIMIT + 2, i => `a${i}`);
    const members = (runId: string, count: number) =>
      publishAll(history, {
        runId,
        dataset: 'memberships',
        key: 'g',
        rows: all.slice(0, count).map(name => member('g', name)),
      });
    await publishAll(history, {
      runId: '1',
      dataset: 'accounts',
      rows: all.map(name => account(name)),
    });
    await publishAll(history, {
      runId: '2',
      dataset: 'groups',
      rows: [group('g')],
    });
    await members('3', GROUP_RELATION_LIMIT);
    const groupsOf = async (name: string) => {
      const { items } = await history.changes({ limit: 500 });
      const found = items.find(item => item.id === name);
      return found?.kind === 'account' && !found.gone
        ? found.state.groups.length
        : undefined;
    };
    expect(await groupsOf('a0')).toBe(1);
    // Crossing the limit tells everybody who is in it, and the group.
    await members('4', GROUP_RELATION_LIMIT + 1);
    const crossed = await history.changes({ since: 3, limit: 500 });
    expect(crossed.more).toBe(true);
    const rest = await history.changes({ since: crossed.next, limit: 500 });
    const items = [...crossed.items, ...rest.items];
    expect(items).toHaveLength(GROUP_RELATION_LIMIT + 2);
    expect(items.at(-1)).toMatchObject({
      kind: 'group',
      state: { members: GROUP_RELATION_LIMIT + 1 },
    });
    expect(await groupsOf('a0')).toBe(0);
    // Above it, the group and who came.
    await members('5', GROUP_RELATION_LIMIT + 2);
    expect(await touched(history, 4)).toEqual([
      `account acme a${GROUP_RELATION_LIMIT + 1}`,
      'group acme g',
    ]);
    await members('6', GROUP_RELATION_LIMIT);
    const { items: first } = await history.changes({ since: 5, limit: 500 });
    expect(first).toHaveLength(500);
    expect(await groupsOf('a0')).toBe(1);
  });

  it.each(ids)('refuses what is no position, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const text = (value: unknown) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    // PostgreSQL fails on a NUL.
    const nul = text([0, 'account', 'acme\0', 'a']);
    for (const since of ['x', '-1', 'WzFd', nul, -1, 1.5]) {
      await expect(history.changes({ since, limit: 1 })).rejects.toThrow(
        /since must be/,
      );
    }
    await expect(history.changes({ since: 9, limit: 1 })).rejects.toThrow(
      RevisionGoneError,
    );
    for (const limit of [0, 501, 1.5]) {
      await expect(history.changes({ limit })).rejects.toThrow(/limit must/);
    }
    const { next } = await history.changes({ limit: 1 });
    expect(await history.changes({ since: next, limit: 1 })).toMatchObject({
      items: [],
      next,
    });
  });

  it.each(ids)('keeps how far a consumer has come, %p', async id => {
    const history = await openHistory(await databases.init(id));
    expect(await history.consumer('catalog')).toBeUndefined();
    await history.saveConsumer('catalog', { position: '1', fingerprint: 'f' });
    await history.saveConsumer('catalog', { position: '2', fingerprint: 'f' });
    await expect(
      history.saveConsumer('catalog', { position: 'p', fingerprint: 'f' }),
    ).rejects.toThrow(/position must be/);
    expect(await history.consumer('catalog')).toMatchObject({
      id: 'catalog',
      position: '2',
      fingerprint: 'f',
    });
  });
});
