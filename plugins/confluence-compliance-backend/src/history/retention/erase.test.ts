// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { saltedHash } from '../../ledger';
import { account, openHistory, publishAll } from '../__testUtils__/setup';
import { mentionsOf } from './mentions';

jest.setTimeout(60_000);

const ada = {
  kind: 'account' as const,
  id: 'a1',
  name: 'Ada Lovelace',
  publicName: 'ada',
  email: 'ada@northwind.example',
};
const person = 'user:default/u1';
const ofPerson = expect.stringMatching(/^Erased person [0-9a-f]{12}$/);
const ask = {
  connection: 'acme',
  accountId: 'a1',
  actor: 'user:default/officer',
  reason: 'Asked for on 3 March',
};

describe('erasing an account', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();

  /** Ada in two sites, linked to a person, and named where somebody wrote of her. */
  async function start(id: Parameters<typeof databases.init>[0]) {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    const rows = [{ ...account('a1'), profile: ada }, account('a2', 'Bo')];
    const see = (runId: string, source: string) =>
      publishAll(history, { runId, source, dataset: 'accounts', rows });
    await see('r1', 'acme');
    await see('r2', 'beta');
    await publishAll(history, {
      runId: 'r3',
      source: 'people:catalog',
      dataset: 'people',
      key: 'all',
      rows: [
        {
          key: person,
          payload: {
            status: 'departed',
            startDate: null,
            endDate: null,
            absentSince: null,
            managerRef: null,
            employmentType: null,
            accountIds: ['a1', 'a9'],
          },
          profile: { kind: 'person', id: person, name: 'Ada Byron' },
        },
      ],
    });
    const links = {
      source: 'identity',
      dataset: 'identity_links',
      key: 'links',
    };
    const wrote = async (reason: string) =>
      history.change(
        { entry: { kind: 'k', actor: 'a', subject: 's', payload: { reason } } },
        change => {
          const payload = { source: 'people:catalog', person, how: reason };
          return change.put(links, { key: 'a1', payload });
        },
      );
    await wrote('ada BYRON left the team');
    await wrote('lovelaces and adas left');
    await history.saveConsumer('catalog', { position: '3', fingerprint: 'f' });
    return { knex, history, see };
  }

  const names = async (knex: Knex) =>
    (await knex('profiles').orderBy('name')).map(({ name }) => name);

  it.each(ids)('leaves a pseudonym in every source, for good, %p', async id => {
    const { knex, history, see } = await start(id);
    const before = await history.head();
    const erased = await history.retention.eraseAccount(ask);
    expect(erased.pseudonym).toMatch(/^Erased account [0-9a-f]{12}$/);
    expect(await names(knex)).toEqual(['Bo', erased.pseudonym, ofPerson]);
    expect(await knex('history_identity_links')).toEqual([]);

    // The feed tells it of both sites, under names of entities without hers.
    const { items } = await history.changes({ since: before, limit: 100 });
    expect(
      items.map(item => [item.connection, item.gone ? '' : item.state.title]),
    ).toEqual([
      ['acme', erased.pseudonym],
      ['beta', erased.pseudonym],
    ]);
    items.forEach(({ name }) => expect(name).toMatch(/^erased-account-/));
    // Whoever holds the old names must look at everything.
    expect(await history.consumer('catalog')).toMatchObject({
      position: undefined,
    });

    // What sites and organizations say of her is not stored again, and no change.
    const head = await history.head();
    expect((await see('r4', 'acme')).revision).toBeUndefined();
    await history.forget('acme');
    await history.forget('beta');
    await see('r5', 'acme');
    expect(await history.profiles('account', ['a1'])).toEqual(
      new Map([
        [
          'a1',
          {
            kind: 'account',
            id: 'a1',
            name: erased.pseudonym,
            erasedAt: erased.erasedAt,
          },
        ],
      ]),
    );
    expect(await history.head()).toBe(head + 1);
    const [left] = (await history.changes({ since: head, limit: 1 })).items;
    expect(left).toMatchObject({ state: { title: erased.pseudonym } });
  });

  it.each(ids)('gives account and person nothing in common, %p', async id => {
    const { knex, history } = await start(id);
    await history.retention.eraseAccount(ask);
    const ofAccount = await knex('profiles')
      .where({ kind: 'account', id: 'a1' })
      .first();
    const known = await knex('profiles').where({ kind: 'person' }).first();
    const values: unknown[] = Object.values(known).filter(
      value => value !== null,
    );
    expect(values).toHaveLength(5);
    expect(Object.values(ofAccount).filter(v => values.includes(v))).toEqual(
      [],
    );
    const profiles = await history.profiles('person', [person]);
    expect(profiles.get(person)?.erasedAt).toBeDefined();
  });

  it.each(ids)('erases what the ledger says of her by name, %p', async id => {
    const { knex, history } = await start(id);
    await history.retention.eraseAccount(ask);
    const entries = await knex('ledger_entries').orderBy('seq');
    const [{ reason_salt: salt }] = await knex('decision_reasons');
    expect(
      entries.map(({ payload }) => payload && JSON.parse(payload)),
    ).toEqual([
      null,
      { reason: 'lovelaces and adas left' },
      {
        erasedEntries: 1,
        pseudonym: expect.any(String),
        reason: saltedHash(salt, ask.reason),
      },
    ]);
    expect(await knex('decision_reasons')).toEqual([
      expect.objectContaining({
        kind: 'account.erased',
        subject: 'acme/a1',
        reason: ask.reason,
        decided_by: ask.actor,
      }),
    ]);
    expect(entries[2]).toMatchObject({
      kind: 'account.erased',
      actor: ask.actor,
      subject: 'acme/a1',
    });
    expect(await history.ledger.verify(knex)).toMatchObject({
      ok: true,
      erased: 1,
    });
  });

  it.each(ids)('erases the reasons that name her, %p', async id => {
    const { knex, history } = await start(id);
    const tables = ['decision_reasons', 'people_decisions'];
    for (const table of tables) {
      for (const reason of ['Ada Lovelace has left', 'the team has left']) {
        await knex(table).insert({
          kind: 'shrink',
          subject: 'source',
          reason,
          decided_by: 'user:default/boss',
          decided_at: '2026-01-01T00:00:00.000Z',
        });
      }
    }
    const reasons = async () =>
      Promise.all(
        tables.map(table => knex(table).orderBy('id').pluck('reason')),
      );
    await history.retention.eraseAccount(ask);
    expect(await reasons()).toEqual([
      ['the team has left', ask.reason],
      ['the team has left'],
    ]);
    await history.retention.eraseEvidence({
      before: '2026-01-02T00:00:00.000Z',
    });
    expect(await reasons()).toEqual([[ask.reason], []]);
  });

  it.each(ids)('changes nothing when it is asked for again, %p', async id => {
    const { knex, history } = await start(id);
    const erased = await history.retention.eraseAccount(ask);
    const state = async () => [
      await history.head(),
      await history.ledger.head(knex),
      await names(knex),
    ];
    const before = await state();
    const again = { ...ask, connection: 'beta' };
    expect(await history.retention.eraseAccount(again)).toEqual(erased);
    expect(await state()).toEqual(before);
  });

  it.each(ids)(
    'reaches what a sync has read and not published, %p',
    async id => {
      const { knex, history } = await start(id);
      const { id: readId } = await history.beginRead({
        source: 'acme',
        dataset: 'accounts',
        key: 'site',
        mode: 'full',
        scope: 'all',
        runId: 'under way',
      });
      const renamed = { ...ada, name: 'Ada King' };
      await history.stage(readId, [{ ...account('a1'), profile: renamed }]);
      const { pseudonym } = await history.retention.eraseAccount(ask);
      expect(await knex('history_staged').pluck('profile')).toEqual([null]);
      await history.stage(readId, [{ ...account('a2', 'Bo') }]);
      await history.finishRead(readId, { outcome: 'complete' });
      await history.publish({ runId: 'under way' });
      expect(await names(knex)).toEqual(['Bo', pseudonym, ofPerson]);
    },
  );

  it.each(ids)(
    'lets nobody say any more that they have it, whoever is writing, %p',
    async id => {
      const { knex, history } = await start(id);
      const people = {
        source: 'people:catalog',
        dataset: 'people',
        key: 'all',
      } as const;
      const asOf = await history.head();
      const open = () => history.row('people', people.source, person, asOf);
      const before = (await open())!;
      const rows = [
        { key: person, payload: before.payload },
        {
          key: 'user:default/new',
          payload: { ...before.payload, accountIds: ['a1'] },
        },
      ];
      const { id: readId } = await history.beginRead({
        ...people,
        mode: 'full',
        scope: 'all',
        runId: 'under way',
      });
      await history.stage(readId, rows);
      await history.retention.eraseAccount(ask);
      const said = async () =>
        (await knex('history_people').pluck('payload')).join();
      expect(await said()).not.toContain('"a1"');
      expect((await open())?.payload.accountIds).toEqual(['a9']);

      // What was read before the erasure is published after it, and is no change of what was known.
      await history.finishRead(readId, { outcome: 'complete' });
      expect(await history.publish({ runId: 'under way' })).toMatchObject({
        opened: 1,
        changed: 0,
        removed: 0,
      });
      expect(
        (await publishAll(history, { ...people, runId: 'next', rows }))
          .revision,
      ).toBeUndefined();
      await history.change({}, change =>
        change.put(people, {
          key: 'user:default/late',
          payload: rows[1].payload,
        }),
      );
      expect(await knex('history_people')).toHaveLength(3);
      expect(await said()).not.toContain('"a1"');
    },
  );

  it.each(ids)('refuses what it cannot do, and does nothing, %p', async id => {
    const { knex, history } = await start(id);
    const erase = (more: object) =>
      history.retention.eraseAccount({ ...ask, ...more });
    await expect(erase({ accountId: 'nobody' })).rejects.toThrow(
      'There is no account nobody',
    );
    await expect(erase({ connection: 'gamma' })).rejects.toThrow('no account');
    for (const reason of [
      'For ada lovelace',
      'Mail of ADA@northwind.example',
    ]) {
      await expect(erase({ reason })).rejects.toThrow('must not name');
    }
    expect(await names(knex)).toContain('Ada Lovelace');
  });
});

describe('mentionsOf', () => {
  const mentions = mentionsOf([
    { kind: 'account', id: '1', name: 'Admin', email: 'x.y@a.example' },
    { kind: 'account', id: '2', name: ' Zoë (Ops) ', publicName: '' },
  ]);

  it.each([
    ['a name of several words, however it is written', 'by ZOË (OPS).', true],
    ['an email', ['x', { y: 'ask X.Y@A.example' }], true],
    ['a part of an email', 'xay@a.example', false],
    ['a longer email', 'x.y@a.examples', false],
    ['a word that somebody wrote', 'Admin has left', true],
    ['the same letters as a value', { role: 'Admin' }, false],
    ['other letters', 'an admin has left', false],
    ['nothing', [null, 7, undefined, {}], false],
  ])('knows %s', (_what, value, expected) => {
    expect(mentions(value)).toBe(expected);
  });
});
