// SPDX-License-Identifier: Apache-2.0
import {
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { saltedHash } from '../ledger';
import { createTestPeople, user } from './__testUtils__/testPeople';
import { PEOPLE } from './lane';

jest.setTimeout(60_000);

const signal = new AbortController().signal;
const officer = 'user:default/officer';
const secret = 'She told me on the phone';

describe('What people say of accounts', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const setup = async (id: TestDatabaseId) => {
    const t = await createTestPeople(await databases.init(id));
    t.has(user('ana', {}, 'ana@example.com'), user('ben'));
    await t.accounts(
      ['acc-ana', 'person', 'ana@example.com'],
      ['acc-two', 'person'],
    );
    await t.people.read(signal);
    t.onChange.mockClear();
    const of = (accountId: string) => ({
      connection: 'acme',
      accountId,
      actor: officer,
    });
    const entries = async (kind: string) => {
      const rows = await t
        .knex('ledger_entries')
        .where({ kind })
        .orderBy('seq');
      return rows.map(row => ({
        actor: row.actor,
        subject: row.subject,
        payload: row.payload && JSON.parse(row.payload),
      }));
    };
    const classOf = async (accountId: string) => {
      const asOf = await t.history.head();
      const row = await t.history.row('accounts', 'acme', accountId, asOf);
      return row?.payload.class;
    };
    return { ...t, of, entries, classOf };
  };
  const ben = {
    to: 'person' as const,
    source: PEOPLE.source,
    person: 'user:default/ben',
    reason: secret,
  };

  it.each(databases.eachSupportedId())(
    'is never of who says it, %p',
    async id => {
      const t = await setup(id);
      const actor = 'user:default/BEN';
      const refused = { name: 'NotAllowedError' };
      await expect(
        t.people.linkByHand({ ...t.of('acc-two'), ...ben, actor }),
      ).rejects.toMatchObject(refused);
      await t.people.linkByHand({ ...t.of('acc-two'), ...ben });
      // Not even once somebody else has said that it belongs to nobody.
      const nobody = { to: 'nobody' as const, reason: secret };
      await t.people.linkByHand({ ...t.of('acc-two'), ...nobody });
      await expect(
        t.people.classByHand({ ...t.of('acc-two'), class: 'service', actor }),
      ).rejects.toMatchObject(refused);
      // All of several, or none.
      await expect(
        t.people.classByHand(
          { ...t.of('acc-ana'), class: 'service', actor },
          { ...t.of('acc-two'), class: 'service', actor },
        ),
      ).rejects.toMatchObject(refused);
      expect(await t.classOf('acc-ana')).toBe('person');
      expect(await t.entries('account.classed')).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'stands over what is found out, until it is taken back, %p',
    async id => {
      const t = await setup(id);
      expect(await t.links()).toEqual({
        'acc-ana': 'user:default/ana by email',
      });
      await t.people.linkByHand({ ...t.of('acc-ana'), ...ben });
      await t.people.linkByHand({ ...t.of('acc-two'), ...ben });
      const byHand = {
        'acc-ana': 'user:default/ben by manual',
        'acc-two': 'user:default/ben by manual',
      };
      expect(await t.links()).toEqual(byHand);
      const [{ reason_salt: salt }] = await t
        .knex('manual_links')
        .where({ account_id: 'acc-ana' });
      await t.people.link(signal);
      expect(await t.links()).toEqual(byHand);
      expect(t.onChange).toHaveBeenCalledTimes(2);

      const nobody = { to: 'nobody' as const, reason: secret };
      await t.people.linkByHand({ ...t.of('acc-ana'), ...nobody });
      await t.people.link(signal);
      expect(await t.links()).not.toHaveProperty('acc-ana');
      const words = await t.history.decisions.links(['acc-ana', 'acc-two']);
      expect(words.get('acc-ana')).toEqual({
        reason: secret,
        by: officer,
        at: expect.stringMatching(/Z$/),
      });

      const undo = { to: 'undo' as const, reason: 'Was wrong' };
      await t.people.linkByHand({ ...t.of('acc-ana'), ...undo });
      await t.people.linkByHand({ ...t.of('acc-two'), ...undo });
      expect(await t.links()).toEqual({
        'acc-ana': 'user:default/ana by email',
      });

      const [first, , third] = await t.entries('account.linked');
      expect(first).toEqual({
        actor: officer,
        subject: 'acme/acc-ana',
        payload: {
          to: 'person',
          source: 'people:catalog',
          person: 'user:default/ben',
          before: {
            source: 'people:catalog',
            person: 'user:default/ana',
            how: 'email',
          },
          reason: saltedHash(salt, secret),
        },
      });
      expect(third.payload).toMatchObject({ to: 'nobody' });
      // The salt goes with the reason.
      expect(await t.knex('manual_links')).toEqual([]);
      expect(JSON.stringify(await t.knex('ledger_entries'))).not.toContain(
        secret,
      );
      expect(await t.history.ledger.verify(t.knex)).toMatchObject({ ok: true });
    },
  );

  it.each(databases.eachSupportedId())(
    'refuses whom no source has and what is not there or was erased, %p',
    async id => {
      const t = await setup(id);
      await expect(
        t.people.linkByHand({
          ...t.of('acc-ana'),
          ...ben,
          person: 'user:default/eve',
        }),
      ).rejects.toThrow("has nobody with the key 'user:default/eve'");
      await expect(
        t.people.linkByHand({ ...t.of('acc-none'), ...ben }),
      ).rejects.toThrow("There is no account 'acc-none'");

      await t.people.linkByHand({ ...t.of('acc-two'), ...ben });
      await t.people.classByHand({
        ...t.of('acc-two'),
        class: 'shared',
        owner: 'user:default/ben',
        purpose: 'The front desk',
      });
      await t.history.retention.eraseAccount({
        connection: 'acme',
        accountId: 'acc-two',
        actor: officer,
        reason: 'asked for',
      });
      await expect(
        t.people.linkByHand({ ...t.of('acc-two'), ...ben }),
      ).rejects.toThrow('was erased');
      expect(await t.knex('manual_links')).toEqual([]);
      expect(await t.knex('account_classes')).toEqual([
        expect.objectContaining({
          owner: null,
          purpose: null,
          purpose_salt: null,
        }),
      ]);
      for (const kind of ['account.linked', 'account.classed']) {
        const [entry] = await t.entries(kind);
        expect(entry.payload).toBeNull();
      }
      expect(await t.history.ledger.verify(t.knex)).toMatchObject({ ok: true });
    },
  );

  it.each(databases.eachSupportedId())(
    'says all of several accounts at once, each with its entry, or nothing, %p',
    async id => {
      const t = await setup(id);
      const nobody = { to: 'nobody' as const, reason: secret };
      const service = { class: 'service' as const, owner: 'user:default/ben' };
      const before = await t.history.head();
      await expect(
        t.people.linkByHand(
          { ...t.of('acc-ana'), ...nobody },
          { ...t.of('acc-none'), ...nobody },
        ),
      ).rejects.toThrow("There is no account 'acc-none'");
      await expect(
        t.people.linkByHand(
          { ...t.of('acc-ana'), ...nobody },
          { ...t.of('acc-two'), ...ben, person: 'user:default/eve' },
        ),
      ).rejects.toThrow("the account 'acc-two'");
      await expect(
        t.people.classByHand(
          { ...t.of('acc-ana'), ...service },
          { ...t.of('acc-none'), ...service },
        ),
      ).rejects.toThrow("There is no account 'acc-none'");
      expect(await t.history.head()).toBe(before);
      expect(await t.knex('manual_links')).toEqual([]);
      expect(await t.knex('account_classes')).toEqual([]);
      expect(await t.entries('account.linked')).toEqual([]);
      expect(await t.entries('account.classed')).toEqual([]);

      await t.people.linkByHand(
        { ...t.of('acc-ana'), ...nobody },
        { ...t.of('acc-two'), ...ben },
      );
      expect(await t.links()).toEqual({
        'acc-two': 'user:default/ben by manual',
      });
      await t.people.classByHand(
        { ...t.of('acc-ana'), ...service },
        { ...t.of('acc-two'), ...service },
      );
      expect(await t.classOf('acc-ana')).toBe('service');
      expect(await t.classOf('acc-two')).toBe('service');
      expect(t.onChange).toHaveBeenCalledTimes(2);
      for (const kind of ['account.linked', 'account.classed']) {
        const entries = await t.entries(kind);
        expect(entries.map(({ subject }) => subject)).toEqual([
          'acme/acc-ana',
          'acme/acc-two',
        ]);
      }

      await t.people.classByHand(t.of('acc-ana'), t.of('acc-two'));
      expect(await t.classOf('acc-two')).toBe('person');
      const undo = { to: 'undo' as const, reason: 'Was wrong' };
      await t.people.linkByHand(
        { ...t.of('acc-ana'), ...undo },
        { ...t.of('acc-two'), ...undo },
      );
      expect(await t.links()).toEqual({
        'acc-ana': 'user:default/ana by email',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'calls an account what somebody said it is, also after the next sync, %p',
    async id => {
      const t = await setup(id);
      await t.people.classByHand({
        ...t.of('acc-two'),
        class: 'service',
        owner: 'group:default/security',
        purpose: 'Nightly export',
      });
      expect(await t.classOf('acc-two')).toBe('service');
      const [{ purpose_salt: salt }] = await t
        .knex('account_classes')
        .where({ account_id: 'acc-two' });
      expect(salt).toMatch(/^[0-9a-f]{32}$/);
      const head = await t.history.head();
      await t.accounts(
        ['acc-ana', 'person', 'ana@example.com'],
        ['acc-two', 'person'],
      );
      expect(await t.history.head()).toBe(head);
      expect(await t.classOf('acc-two')).toBe('service');
      await t.people.classByHand({ ...t.of('acc-two'), class: 'guest' });
      const words = await t.history.decisions.classes(['acc-two']);
      expect(words.get('acc-two')).toMatchObject({
        class: 'guest',
        before: 'person',
      });

      await t.people.classByHand(t.of('acc-two'));
      expect(await t.classOf('acc-two')).toBe('person');
      const entries = await t.entries('account.classed');
      expect(entries.map(({ payload }) => payload)).toEqual([
        {
          class: 'service',
          before: 'person',
          owner: 'group:default/security',
          purpose: saltedHash(salt, 'Nightly export'),
        },
        { class: 'guest', before: 'service' },
        { class: 'undo', before: 'guest' },
      ]);
    },
  );
});
