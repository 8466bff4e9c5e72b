// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  type ConfluenceWriter,
  UpstreamError,
} from '@confluence-compliance/atlassian-client';
import type { Knex } from 'knex';
import {
  account,
  createTestReviews,
  grant,
  LENA,
  link,
} from '../__testUtils__';
import { Removals, type RemovalsOptions } from './Removals';

jest.setTimeout(60_000);

const BOSS = 'user:default/boss';
const tick = () => new Promise(resolve => setTimeout(resolve, 5));

describe('Removals', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function open(knex: Knex, { enabled = true } = {}) {
    const t = await createTestReviews(knex);
    t.removal.enabled = enabled;
    await t.team('ana', 'ben', 'cleo');
    /** The site, as far as it can be changed. */
    const site = {
      removed: [] as string[],
      answer: async () => {},
      me: async () => 'bot',
    };
    const writer: Partial<ConfluenceWriter> = {
      removeGroupMember: async (group, id) => {
        site.removed.push(`${group}/${id}`);
        await site.answer();
      },
      currentUser: async () => ({ accountId: await site.me() }),
      close: async () => {},
    };
    const createWriter = () => writer as ConfluenceWriter;
    const credential = {
      connection: 'acme',
      method: 'api-token' as const,
      email: 'removals@example.com',
      token: 'secret',
    };
    const replica = () =>
      Removals.create({
        config: {
          reviews: {
            templates: [],
            removal: { enabled, credentials: [credential] },
          },
          connections: [
            { id: 'acme', site: 'https://acme.atlassian.net' },
          ] as RemovalsOptions['config']['connections'],
          atlassian: { authUrl: 'https://a', apiUrl: 'https://b' },
        },
        database: t.database,
        history: t.history,
        cards: t.cards,
        organizations: async () => t.organizations,
        createWriter,
      });
    const removals = await replica();
    const review = await t.started();
    const revoked = async (principal: string) => {
      await t.decide(review, principal, 'revoke');
      return (await t.itemOf(review, principal)).id;
    };
    const codeOf = async (item: string, of = review) => {
      const { items } = await removals.preview(of, BOSS, [item]);
      return items[0].refused?.code;
    };
    const confirmOf = async (...items: string[]) => {
      const { confirm = '' } = await removals.preview(review, BOSS, items);
      return { items, confirm };
    };
    const outcomeOf = async (principal: string) => {
      const { items } = await t.reviews.remediations(review, { limit: 50 });
      return items.find(({ item }) => item.principal.id === principal)?.removal
        ?.outcome;
    };
    /** Dies after the request was sent, before its answer is kept. */
    const killAfterRequest = () => {
      const { ledger } = t.history;
      const append = ledger.append.bind(ledger);
      const spy = jest.spyOn(ledger, 'append');
      spy.mockImplementation(async (tx, entry) => {
        if (entry.kind === 'review.removal-answered') {
          spy.mockRestore();
          throw new Error('Killed');
        }
        return append(tx, entry);
      });
    };
    return {
      ...t,
      codeOf,
      confirmOf,
      killAfterRequest,
      knex,
      outcomeOf,
      removals,
      replica,
      review,
      revoked,
      site,
    };
  }

  describe.each(databases.eachSupportedId())('on %p', engine => {
    it('sends exactly what the preview has shown, once, and leaves the proof to a read', async () => {
      const t = await open(await databases.init(engine));
      const ana = await t.revoked('ana');
      const ben = await t.revoked('ben');
      const { items: offered } = await t.reviews.remediations(t.review, {
        limit: 10,
      });
      expect(offered.map(one => one.removalEnabled)).toEqual([true, true]);
      const preview = await t.removals.preview(t.review, BOSS, [ana, ben]);
      expect(preview.items).toEqual([
        {
          item: ana,
          request: {
            method: 'DELETE',
            site: 'https://acme.atlassian.net',
            path: '/wiki/rest/api/group/userByGroupId?groupId=g1&accountId=ana',
          },
        },
        { item: ben, request: expect.anything() },
      ]);
      expect(t.site.removed).toEqual([]);
      const asked = { items: [ana, ben], confirm: preview.confirm ?? '' };
      // Of somebody else, of other items, or of nothing.
      const wrong: Array<[string, typeof asked]> = [
        [LENA, asked],
        [BOSS, { ...asked, items: [ana] }],
        [BOSS, { ...asked, confirm: '0'.repeat(64) }],
      ];
      for (const [actor, other] of wrong) {
        await expect(
          t.removals.execute(t.review, actor, other),
        ).rejects.toMatchObject({ name: 'ConflictError' });
      }
      expect(t.site.removed).toEqual([]);

      // Two replicas at once remove nothing twice.
      const other = await t.replica();
      const both = await Promise.allSettled([
        t.removals.execute(t.review, BOSS, asked),
        other.execute(t.review, BOSS, asked),
      ]);
      expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
      expect([...t.site.removed].sort()).toEqual(['g1/ana', 'g1/ben']);
      expect(await t.outcomeOf('ana')).toBe('sent');
      expect(await t.codeOf(ana)).toBe('already-sent');
      expect(await t.proofs(t.review)).toMatchObject({ ana: 'waiting' });
      const entries = await t
        .knex('ledger_entries')
        .where('kind', 'like', 'review.removal-%')
        .orderBy('seq');
      expect(entries.map(({ kind, actor }) => [kind, actor])).toEqual([
        ['review.removal-claimed', BOSS],
        ['review.removal-answered', BOSS],
        ['review.removal-claimed', BOSS],
        ['review.removal-answered', BOSS],
      ]);
      await tick();
      await t.members('cleo');
      expect(await t.proofs(t.review)).toEqual({
        ana: 'removed',
        ben: 'removed',
      });
      expect(await t.codeOf(ana)).toBe('not-standing');
    });

    it('leaves it unknown when it is killed in between, until a whole read decides', async () => {
      const t = await open(await databases.init(engine));
      const ana = await t.revoked('ana');
      const ben = await t.revoked('ben');
      const asked = await t.confirmOf(ana);
      t.killAfterRequest();
      await expect(t.removals.execute(t.review, BOSS, asked)).rejects.toThrow(
        'Killed',
      );
      expect(t.site.removed).toEqual(['g1/ana']);
      // The next start sends nothing by itself, nor does anybody who asks again.
      const next = await t.replica();
      expect(await t.outcomeOf('ana')).toBe('unknown');
      expect(await t.codeOf(ana)).toBe('outcome-unknown');
      await expect(next.execute(t.review, BOSS, asked)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('the next whole read decides'),
      });
      expect(t.site.removed).toEqual(['g1/ana']);

      // An answer that never came is the same.
      t.site.answer = async () => {
        throw new UpstreamError('timeout', { endpoint: 'DELETE' });
      };
      await t.removals.execute(t.review, BOSS, await t.confirmOf(ben));
      expect(await t.outcomeOf('ben')).toBe('unknown');
      await tick();
      await t.members('ben', 'cleo');
      expect(await t.proofs(t.review)).toEqual({
        ana: 'removed',
        ben: 'still-present',
      });
      // What a read still shows was not removed, and may be tried again.
      t.site.answer = async () => {};
      await t.removals.execute(t.review, BOSS, await t.confirmOf(ben));
      expect(t.site.removed).toEqual(['g1/ana', 'g1/ben', 'g1/ben']);
    });

    it('lets nobody decide anew what is being removed, nor removes what was', async () => {
      const t = await open(await databases.init(engine));
      const ana = await t.revoked('ana');
      const ben = await t.revoked('ben');
      const undo = (principal: string) => t.decide(t.review, principal, 'undo');
      let refused: unknown;
      t.site.answer = async () => {
        refused = await undo('ana').catch(error => error);
      };
      const asked = await t.confirmOf(ana);
      expect(await t.removals.execute(t.review, BOSS, asked)).toMatchObject({
        items: [{ outcome: 'sent' }],
      });
      expect(refused).toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('is being removed'),
      });
      await undo('ana');

      // What changes right after the claim is seen before the request.
      t.site.removed.length = 0;
      const { ledger } = t.history;
      const append = ledger.append.bind(ledger);
      const afterClaim = (table: string, key: string, values: object) =>
        jest.spyOn(ledger, 'append').mockImplementationOnce(async (tx, one) => {
          await tx(table).where(key, ben).update(values);
          return append(tx, one);
        });
      const removed = async () =>
        t.removals.execute(t.review, BOSS, await t.confirmOf(ben));
      const late = { items: [{ reason: { code: 'decided-anew' } }] };
      const ago = (minutes: number) => ({
        claimed_at: new Date(Date.now() - minutes * 60_000).toISOString(),
      });
      afterClaim('review_removals', 'item_id', ago(6));
      expect(await removed()).toMatchObject(late);
      afterClaim('review_items', 'id', { decision: 'keep' });
      expect(await removed()).toMatchObject(late);
      await t
        .knex('review_items')
        .where('id', ben)
        .update('decision', 'revoke');
      expect(t.site.removed).toEqual([]);
      jest.restoreAllMocks();

      // A claim that nobody answers holds it for ten minutes.
      t.site.answer = async () => {};
      const again = await t.confirmOf(ben);
      t.killAfterRequest();
      await expect(t.removals.execute(t.review, BOSS, again)).rejects.toThrow(
        'Killed',
      );
      await expect(undo('ben')).rejects.toThrow('is being removed');
      await t.knex('review_removals').where('item_id', ben).update(ago(11));
      await undo('ben');
    });

    it('says what Confluence refused, and lets it be tried again', async () => {
      const t = await open(await databases.init(engine));
      const ana = await t.revoked('ana');
      t.site.answer = async () => {
        throw new UpstreamError('client', { endpoint: 'DELETE' });
      };
      const asked = await t.confirmOf(ana);
      expect(await t.removals.execute(t.review, BOSS, asked)).toMatchObject({
        items: [
          { outcome: 'refused', reason: { code: 'refused-by-confluence' } },
        ],
      });
      expect(await t.codeOf(ana)).toBeUndefined();
    });

    it('refuses what may not be removed, and what is not known', async () => {
      const t = await open(await databases.init(engine));
      const ana = await t.revoked('ana');
      const kept = (await t.itemOf(t.review, 'cleo')).id;
      expect(await t.codeOf(kept)).toBe('not-revoked');

      const ownedBy = async (me: () => Promise<string>) => {
        t.site.me = me;
        return t.codeOf(ana);
      };
      const failing = (error: Error) => async () => {
        throw error;
      };
      const of = { endpoint: 'GET' };
      expect(await ownedBy(async () => 'ana')).toBe('own-access');
      expect(await ownedBy(failing(new UpstreamError('server', of)))).toBe(
        'not-read',
      );
      expect(await ownedBy(async () => 'bot')).toBeUndefined();

      const managed = async (managedBy: string) => {
        const payload = { name: 'Team', managedBy, usageType: 'TEAM' };
        await t.read({ dataset: 'groups', rows: [{ key: 'g1', payload }] });
        return t.codeOf(ana);
      };
      expect(await managed('EXTERNAL')).toBe('managed-by-identity-provider');
      expect(await managed('')).toBe('management-unknown');
      expect(await managed('SOMETHING_NEW')).toBe('management-unknown');
      expect(await managed('ADMINS')).toBeUndefined();

      const accounts = { source: 'acme', dataset: 'accounts', key: 'site' };
      const be = (status: string) =>
        t.history.change({}, change =>
          change.put(accounts, account('ana', status)),
        );
      await be('inactive');
      expect(await t.codeOf(ana)).toBe('account-not-active');
      await be('active');

      const links = { source: 'identity', dataset: 'identity_links' };
      const ref = 'user:default/ana';
      await t.read({ ...links, key: 'links', rows: [link('ana', ref)] });
      const person = async (status: string) => {
        const payload = {
          status,
          startDate: null,
          endDate: null,
          absentSince: null,
          managerRef: null,
          employmentType: null,
          accountIds: [],
        };
        await t.read({
          source: 'people:catalog',
          dataset: 'people',
          key: 'all',
          rows: [{ key: ref, payload }],
        });
        return t.codeOf(ana);
      };
      expect(await person('missing')).toBe('person-missing');
      expect(await person('departed')).toBeUndefined();

      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [],
        outcome: 'partial',
      });
      expect(await t.codeOf(ana)).toBe('incomplete');

      await t.read({
        dataset: 'grants',
        key: 's1',
        rows: [grant('s1', ['group', 'g1'], 'read')],
      });
      const other = await t.started({ space: 's1' });
      await t.decide(other, 'g1', 'revoke');
      const granted = (await t.itemOf(other, 'g1')).id;
      expect(await t.codeOf(granted, other)).toBe('grant-of-group');
      expect(t.site.removed).toEqual([]);
    });

    it('does nothing where it is not switched on', async () => {
      const t = await open(await databases.init(engine), { enabled: false });
      const ana = await t.revoked('ana');
      await expect(
        t.removals.preview(t.review, BOSS, [ana]),
      ).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining('reviews.removal.enabled'),
      });
      const { items } = await t.reviews.remediations(t.review, { limit: 10 });
      expect(items).toHaveLength(1);
      expect(items[0].removalEnabled).toBeUndefined();
    });
  });
});
