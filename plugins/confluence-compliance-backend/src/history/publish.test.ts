// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { saltedHash } from '../ledger';
import { StaleStagingError } from '.';
import {
  account,
  group,
  many,
  openHistory,
  page,
  publishAll,
  readAll,
} from './__testUtils__/setup';

jest.setTimeout(120_000);

describe('publishing', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();
  const accounts = { dataset: 'accounts' };

  async function keys(
    history: Awaited<ReturnType<typeof openHistory>>,
    dataset: 'accounts' | 'pages' | 'groups',
  ) {
    const found: string[] = [];
    const asOf = await history.head();
    for await (const rows of history.rows(dataset, { asOf })) {
      found.push(...rows.map(row => `${row.container}:${row.key}`));
    }
    return found.sort();
  }

  it.each(ids)('says what it cannot parse or accept, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const begin = {
      runId: '1',
      source: 'acme',
      dataset: 'accounts',
      key: 'site',
      mode: 'full' as const,
      scope: 'all',
    };
    await expect(
      history.beginRead({ ...begin, dataset: 'nonsense' }),
    ).rejects.toThrow(/Unknown dataset 'nonsense'/);
    const read = await history.beginRead(begin);
    await expect(
      history.stage(read.id, [{ key: 'a', payload: {} }]),
    ).rejects.toThrow("no value for 'accountStatus'");
    const { payload } = account('a');
    await expect(
      history.stage(read.id, [{ key: 'a', payload: { ...payload, x: 1 } }]),
    ).rejects.toThrow("unknown field 'x'");
    await expect(
      history.stage(read.id, [{ key: 'a\0', payload }]),
    ).rejects.toThrow('plain text');
    await expect(history.stage('nothing', [])).rejects.toThrow('no read');
    await history.finishRead(read.id, { outcome: 'complete' });
    await expect(
      history.finishRead(read.id, { outcome: 'complete' }),
    ).rejects.toThrow('already finished');
    await history.publish({ runId: '1' });
    await expect(history.restartRead(read.id)).rejects.toThrow(
      'already published',
    );
  });

  it.each(ids)('stores hostile text, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const hostile = `a\0b\ud800c${'x'.repeat(9000)}'"--`;
    await publishAll(history, {
      runId: '1',
      dataset: 'groups',
      rows: [group('g', hostile)],
    });
    const row = await history.row('groups', 'acme', 'g', 1);
    expect(row?.payload.name).toBe(`a\ufffdb\ufffdc${'x'.repeat(9000)}'"--`);
    const again = await publishAll(history, {
      runId: '2',
      dataset: 'groups',
      rows: [group('g', hostile)],
    });
    expect(again.revision).toBeUndefined();
  });

  it.each(ids)('never takes malformed records for gone, %p', async id => {
    const history = await openHistory(await databases.init(id));
    await publishAll(history, {
      ...accounts,
      runId: '1',
      rows: [account('a'), account('b')],
    });
    const read = await history.beginRead({
      ...accounts,
      runId: '2',
      source: 'acme',
      key: 'site',
      mode: 'full',
      scope: 'all',
    });
    await history.stage(read.id, [account('a')], { malformed: 1 });
    const finished = await history.finishRead(read.id, { outcome: 'complete' });
    expect(finished).toMatchObject({ outcome: 'partial', malformed: 1 });
    expect(finished.reason).toMatch(/^malformed: 1/);
    expect(await history.publish({ runId: '2' })).toMatchObject({ removed: 0 });
    expect(await keys(history, 'accounts')).toEqual(['site:a', 'site:b']);
  });

  it.each(ids)('keeps container states, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const read = { ...accounts, rows: [account('a'), account('b')] };
    await publishAll(history, { ...read, runId: '1', watermark: 'w1' });
    await publishAll(history, {
      ...read,
      runId: '2',
      rows: [],
      outcome: 'not-visible',
      reason: 'not visible',
      watermark: 'w2',
    });
    const [first] = await history.containers({ source: 'acme' });
    expect(first).toMatchObject({
      presence: 'not-visible',
      outcome: 'not-visible',
      reason: 'not visible',
      rows: 2,
      watermark: 'w1',
    });
    expect(first.completeAt && first.completeAt <= first.readAt).toBe(true);
    expect(await keys(history, 'accounts')).toEqual(['site:a', 'site:b']);
    await publishAll(history, { ...read, runId: '3' });
    const [second] = await history.containers({ dataset: 'accounts' });
    expect(second).toMatchObject({ presence: 'present', outcome: 'complete' });
    expect(await history.containers({ source: 'beta' })).toEqual([]);
  });

  it.each(ids)('marks rows of another scope and removes none, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const both = [account('a'), account('b')];
    await publishAll(history, { ...accounts, runId: '1', rows: both });
    const read = await readAll(history, {
      ...accounts,
      runId: '2',
      scope: 'narrow',
      rows: [account('a')],
    });
    expect(await history.missing(read.id, 10)).toEqual({ keys: [], total: 0 });
    const outcome = await history.publish({ runId: '2' });
    expect(outcome).toMatchObject({ removed: 0, revision: undefined });
    const marked = await history.row('accounts', 'acme', 'b', 1);
    expect(marked?.outOfScopeSince).toMatch(/^\d{4}-/);
    await publishAll(history, {
      ...accounts,
      runId: '3',
      scope: 'narrow',
      rows: [account('a')],
    });
    expect(await keys(history, 'accounts')).toEqual(['site:a', 'site:b']);
    await publishAll(history, { ...accounts, runId: '4', rows: both });
    const cleared = await history.row('accounts', 'acme', 'b', 1);
    expect(cleared?.outOfScopeSince).toBeUndefined();
  });

  it.each(ids)('does not believe that all tokens are gone, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const token = (key: string) => ({
      key,
      payload: {
        kind: 'api-token',
        accountId: 'a',
        status: 'ALLOWED',
        createdAt: null,
        expiresAt: null,
        createdBy: null,
      },
    });
    const read = { dataset: 'credentials', key: 'api-tokens' };
    const see = (runId: string, ...tokens: string[]) =>
      publishAll(history, { ...read, runId, rows: tokens.map(token) });
    await see('1', 'a', 'b', 'c');
    expect(await see('2')).toMatchObject({
      removed: 0,
      refused: [{ key: 'api-tokens', missing: 3, of: 3 }],
    });
    expect(await see('3', 'a', 'b')).toMatchObject({ removed: 1 });
    // Two are revoked in an afternoon.
    expect(await see('4')).toMatchObject({ removed: 2, refused: [] });
  });

  it.each(ids)('refuses a shrink until somebody accepts it, %p', async id => {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    const all = many(20, i => account(`a${i}`));
    await publishAll(history, { ...accounts, runId: '1', rows: all });
    const read = await readAll(history, {
      ...accounts,
      runId: '2',
      rows: [...all.slice(0, 9), account('new')],
    });
    const missing = await history.missing(read.id, 2);
    expect(missing).toMatchObject({ total: 11 });
    expect(missing.keys).toHaveLength(2);
    expect(missing.keys.every(key => Number(key.slice(1)) >= 9)).toBe(true);
    const outcome = await history.publish({ runId: '2' });
    expect(outcome).toMatchObject({
      opened: 1,
      removed: 0,
      refused: [{ key: 'site', readId: read.id, missing: 11, of: 20 }],
    });
    const [state] = await history.containers();
    expect(state.refused).toBe(11);
    expect((await history.readsOf('2'))[0].refused).toBe(11);
    const accept = {
      readId: read.id,
      actor: 'user:default/boss',
      reason: 'ok',
    };
    await expect(
      history.acceptShrink({ ...accept, reason: ' ' }),
    ).rejects.toThrow('reason');
    expect(await history.acceptShrink(accept)).toMatchObject({ removed: 11 });
    expect(await keys(history, 'accounts')).toHaveLength(10);
    expect((await history.containers())[0].refused).toBeUndefined();
    await expect(history.acceptShrink(accept)).rejects.toThrow('no refused');
    const [entry] = await knex('ledger_entries').select();
    expect(entry).toMatchObject({
      kind: 'shrink.accepted',
      actor: 'user:default/boss',
      subject: 'acme/accounts/site',
    });
    // The ledger has no free text, and its hash says nothing without the salt.
    const [{ reason_salt: salt }] = await knex('decision_reasons');
    expect(salt).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.parse(entry.payload)).toMatchObject({
      reason: saltedHash(salt, 'ok'),
    });
    expect(await knex('decision_reasons')).toEqual([
      expect.objectContaining({
        kind: 'shrink.accepted',
        subject: 'acme/accounts/site',
        reason: 'ok',
        decided_by: 'user:default/boss',
      }),
    ]);
  });

  it.each(ids)('lets ten rows or a fifth go, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const all = many(60, i => account(`a${i}`));
    await publishAll(history, { ...accounts, runId: '1', rows: all });
    const fifth = await publishAll(history, {
      ...accounts,
      runId: '2',
      rows: all.slice(12),
    });
    expect(fifth).toMatchObject({ removed: 12, refused: [] });
    const few = await publishAll(history, {
      ...accounts,
      runId: '3',
      rows: all.slice(22),
    });
    expect(few).toMatchObject({ removed: 10, refused: [] });
  });

  it.each(ids)('follows a page that moves between spaces, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const pages = { dataset: 'pages' };
    await publishAll(history, {
      ...pages,
      runId: '1',
      key: 's0',
      rows: [page('p', 's0')],
    });
    await readAll(history, {
      ...pages,
      runId: '2',
      key: 's1',
      rows: [page('p', 's1')],
    });
    await readAll(history, { ...pages, runId: '2', key: 's0', rows: [] });
    const moved = await history.publish({ runId: '2' });
    expect(moved).toMatchObject({ opened: 0, changed: 1, removed: 0 });
    expect(await keys(history, 'pages')).toEqual(['s1:p']);
    expect(await history.intervalsOf('pages', 'acme', 'p')).toMatchObject([
      { container: 's0', opened: 1, closed: 2 },
      { container: 's1', opened: 2 },
    ]);
    expect(await history.count('pages', { asOf: 1, container: 's0' })).toBe(1);
    expect(await history.count('pages', { asOf: 2, container: 's0' })).toBe(0);
  });

  it.each(ids)('does not remove what came after the read, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const container = { source: 'acme', dataset: 'accounts', key: 'site' };
    await readAll(history, { ...accounts, runId: '1', rows: [account('a')] });
    await history.change({}, change => change.put(container, account('late')));
    await history.publish({ runId: '1' });
    expect(await keys(history, 'accounts')).toEqual(['site:a', 'site:late']);
    await publishAll(history, {
      ...accounts,
      runId: '2',
      rows: [account('a')],
    });
    expect(await keys(history, 'accounts')).toEqual(['site:a']);
  });

  it.each(ids)('names the containers to read again, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const container = { source: 'acme', dataset: 'accounts', key: 'site' };
    await publishAll(history, {
      ...accounts,
      runId: '1',
      rows: [account('a')],
    });
    const read = await readAll(history, {
      ...accounts,
      runId: '2',
      rows: [account('a')],
    });
    await history.change({}, change => change.remove(container, 'a'));
    const error = await history.publish({ runId: '2' }).catch(e => e);
    expect(error).toBeInstanceOf(StaleStagingError);
    expect(error.containers).toEqual([container]);
    expect(await history.head()).toBe(2);
    await history.restartRead(read.id);
    await history.stage(read.id, [account('a')]);
    await history.finishRead(read.id, { outcome: 'complete' });
    expect(await history.publish({ runId: '2' })).toMatchObject({ opened: 1 });
  });

  it.each(ids)('publishes a run once, %p', async id => {
    const history = await openHistory(await databases.init(id));
    await readAll(history, { ...accounts, runId: '1', rows: [account('a')] });
    const outcomes = await Promise.all([
      history.publish({ runId: '1' }),
      history.publish({ runId: '1' }),
    ]);
    expect(outcomes.map(outcome => outcome.opened).sort()).toEqual([0, 1]);
    expect(await history.head()).toBe(1);
  });

  it.each(ids)('forgets a discarded run, %p', async id => {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    await readAll(history, { ...accounts, runId: '1', rows: [account('a')] });
    await history.discardRun('1');
    expect(await history.readsOf('1')).toEqual([]);
    expect(await knex('history_staged').select()).toEqual([]);
    expect(await history.publish({ runId: '1' })).toMatchObject({ opened: 0 });
  });

  it.each(ids)('closes a container that is known to be gone, %p', async id => {
    const history = await openHistory(await databases.init(id));
    const container = { source: 'acme', dataset: 'accounts', key: 'site' };
    const rows = many(30, i => account(`a${i}`));
    await publishAll(history, { ...accounts, runId: '1', rows });
    const gone = await history.change({}, change =>
      change.removeContainer(container),
    );
    expect(gone).toMatchObject({ removed: 30, revision: 2 });
    expect((await history.containers())[0].presence).toBe('gone');
  });
});
