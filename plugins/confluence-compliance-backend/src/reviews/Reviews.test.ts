// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Reviews } from '.';
import {
  account,
  createTestReviews,
  grant,
  LENA,
  link,
  member,
  OWNER,
  tick,
} from './__testUtils__';

jest.setTimeout(60_000);

describe('Reviews', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %p', engine => {
    const open = async () => {
      const knex = await databases.init(engine);
      return { knex, ...(await createTestReviews(knex)) };
    };

    it('starts only with what is whole, or with the gaps that the owner accepts', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [member('g1', 'ana')],
        outcome: 'partial',
      });
      const { id, preview } = await t.reviews.add(OWNER, {
        title: 'Quarter',
        scope: { connection: 'acme', group: 'g1' },
        fallbackReviewer: LENA,
      });
      expect(preview?.size).toBeGreaterThan(0);
      expect(preview?.gaps).toMatchObject([
        { dataset: 'memberships', container: 'g1', title: 'Team' },
      ]);
      await expect(t.reviews.begin(id, OWNER)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('memberships of g1'),
      });
      const accepted = {
        gapsHash: preview?.gapsHash ?? '',
        reason: 'Lena knows the rest',
      };
      await expect(t.reviews.begin(id, LENA, accepted)).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      // What was shown is not what is open now.
      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [],
        outcome: 'not-visible',
      });
      await expect(t.reviews.begin(id, OWNER, accepted)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringMatching(/has changed.*Read the review again/),
      });
      const { preview: now } = await t.reviews.get(id);
      expect(now?.gapsHash).not.toBe(accepted.gapsHash);
      accepted.gapsHash = now?.gapsHash ?? '';
      const begun = await t.reviews.begin(id, OWNER, accepted);
      expect(begun).toMatchObject({
        gapsReason: 'Lena knows the rest',
        state: 'in-progress',
        revision: await t.history.head(),
        gaps: [{ container: 'g1' }],
        progress: { items: 'creating' },
      });
      const started = await t
        .knex('ledger_entries')
        .where({ kind: 'review.started' })
        .first();
      expect(JSON.stringify(started)).toContain('reasonHash');
      expect(JSON.stringify(started)).toContain('memberships');
      expect(JSON.stringify(started)).not.toContain('Lena knows');
      expect(await t.reviews.pinned()).toBe(begun.revision);
      await expect(t.reviews.begin(id, OWNER, accepted)).rejects.toMatchObject({
        name: 'ConflictError',
      });
    });

    it('makes items once, also after a restart, and pages through them', async () => {
      const t = await open();
      const ids = Array.from({ length: 450 }, (_, i) => `a${i}`);
      await t.team(...ids);
      const { id } = await t.reviews.add(OWNER, {
        title: 'Quarter',
        scope: { connection: 'acme', group: 'g1' },
        fallbackReviewer: LENA,
      });
      await t.reviews.begin(id, OWNER);
      // It is killed in the middle of a container, and two replicas go on at once.
      let steps = 0;
      const killed = {
        throwIfAborted() {
          steps += 1;
          if (steps === 3) {
            throw new Error('Killed');
          }
        },
      } as AbortSignal;
      await expect(t.reviews.makeItems(killed)).rejects.toThrow('Killed');
      expect((await t.reviews.get(id)).progress).toMatchObject({
        items: 'creating',
        containers: { done: 0, total: 1 },
        total: 200,
      });
      const other = await t.create();
      await Promise.all([t.reviews.makeItems(), other.makeItems()]);
      const { progress } = await t.reviews.get(id);
      expect(progress).toMatchObject({
        items: 'ready',
        total: 450,
        undecided: 450,
      });
      const seen = new Set<string>();
      let cursor: string | undefined;
      do {
        const page = await t.reviews.items(
          { reviewId: id, decision: 'undecided', reviewer: LENA },
          { limit: 200, cursor },
        );
        expect(page.totalItems).toBe(450);
        page.items.forEach(item => seen.add(item.principal.id));
        cursor = page.pageInfo.nextCursor;
      } while (cursor);
      expect(seen).toEqual(new Set(ids));
    });

    it('lets one of two who decide at once win, and tells the other', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      const id = await t.started();
      const item = await t.itemOf(id, 'ana');
      const decide = (replica: Reviews, decision: 'revoke' | 'defer') =>
        replica.decide(id, LENA, {
          items: [{ id: item.id, version: item.version }],
          decision,
          reason: 'Left',
        });
      const both = await Promise.allSettled([
        decide(t.reviews, 'revoke'),
        decide(await t.create(), 'defer'),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { name: 'ConflictError' },
      });
      expect((await t.itemOf(id, 'ana')).version).toBe(2);

      // All or none: one item that is outdated keeps the others as they are.
      const ben = await t.itemOf(id, 'ben');
      await expect(
        t.reviews.decide(id, LENA, {
          items: [
            { id: ben.id, version: ben.version },
            { id: item.id, version: 1 },
          ],
          decision: 'keep',
          reason: 'Needed',
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect((await t.itemOf(id, 'ben')).decision).toBeUndefined();
      await t.decide(id, 'ana', 'undo');
      expect((await t.itemOf(id, 'ana')).decision).toBeUndefined();
    });

    it('lets nobody decide on themself, by no account, nor by delegation', async () => {
      const t = await open();
      await t.team('ana', 'lena-1', 'lena-2');
      const links = { source: 'identity', dataset: 'identity_links' };
      await t.read({
        ...links,
        key: 'links',
        rows: [link('lena-1', LENA), link('lena-2', LENA)],
      });
      // The second account is not linked any more when she decides.
      await t.history.change({}, change =>
        change.remove({ ...links, key: 'links' }, 'lena-2'),
      );
      const id = await t.started();
      const own = await t.itemOf(id, 'lena-2');
      expect(own.reviewer).toEqual({ ref: OWNER, because: 'fallback' });
      expect((await t.itemOf(id, 'ana')).reviewer.ref).toBe(LENA);
      for (const lenas of ['lena-1', 'lena-2']) {
        await expect(t.decide(id, lenas, 'keep')).rejects.toMatchObject({
          name: 'NotAllowedError',
          message: expect.stringContaining('themself'),
        });
        const { id: item, version } = await t.itemOf(id, lenas);
        await expect(
          t.reviews.reassign(id, OWNER, {
            items: [{ id: item, version }],
            to: LENA,
            reason: 'She knows them',
          }),
        ).rejects.toMatchObject({ name: 'NotAllowedError' });
      }
      // Nor does anybody decide what is another's.
      const ana = await t.itemOf(id, 'ana');
      const items = [{ id: ana.id, version: ana.version }];
      await expect(
        t.reviews.decide(id, OWNER, { items, decision: 'keep', reason: 'x' }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      // She is nobody's account that is identified, so that keeping needs a reason.
      expect(ana.keepNeedsReason).toBe(true);
      await expect(
        t.reviews.decide(id, LENA, { items, decision: 'keep' }),
      ).rejects.toMatchObject({ name: 'InputError' });
    });

    it('proves nothing by a read that began before the decision', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      const id = await t.started();
      const slow = await t.begin({
        dataset: 'memberships',
        key: 'g1',
        rows: [member('g1', 'ana')],
      });
      await tick();
      await t.decide(id, 'ben', 'revoke');
      await tick();
      await slow();
      expect(await t.proofs(id)).toEqual({ ben: 'waiting' });
      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [member('g1', 'ana')],
        outcome: 'partial',
      });
      expect(await t.proofs(id)).toEqual({ ben: 'waiting' });
      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [member('g1', 'ana')],
      });
      // He may have been deactivated, and come back with all that he had.
      expect(await t.proofs(id)).toEqual({ ben: 'waiting' });
      await tick();
      await t.again('accounts', 'site');
      expect(await t.proofs(id)).toEqual({ ben: 'removed' });
    });

    it('proves nothing about an account whose state is not known', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      const id = await t.started();
      await t.decide(id, 'ben', 'revoke');
      const left = {
        dataset: 'accounts',
        rows: [account('ana'), account('ben', 'unknown')],
      };
      await t.read(left);
      await tick();
      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [member('g1', 'ana')],
      });
      expect(await t.proofs(id)).toEqual({ ben: 'waiting' });
      await tick();
      // The accounts were read whole, and the answers left his out.
      await t.read(left);
      expect(await t.proofs(id)).toEqual({ ben: 'account-not-read' });
      await t.read({
        dataset: 'accounts',
        rows: [account('ana'), account('ben')],
      });
      expect(await t.proofs(id)).toEqual({ ben: 'removed' });
    });

    it('proves nothing by accounts that were read before the item vanished', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      const space = { dataset: 'grants', key: 's1' };
      await t.read({
        ...space,
        rows: [grant('s1', ['account', 'ben'], 'read')],
      });
      const id = await t.started();
      const granted = await t.started({ space: 's1' });
      await t.decide(id, 'ben', 'revoke');
      await t.decide(granted, 'ben', 'revoke');
      await tick();
      await t.members('ana', 'ben');
      await t.again('grants', 's1');
      expect(await t.proofs(id)).toEqual({ ben: 'still-present' });
      await tick();
      await t.again('accounts', 'site');
      // Suspended now, he vanishes with all that he comes back with.
      await tick();
      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [member('g1', 'ana')],
      });
      await t.read({ ...space, rows: [] });
      expect(await t.proofs(id)).toEqual({ ben: 'waiting' });
      expect(await t.proofs(granted)).toEqual({ ben: 'waiting' });
      await tick();
      await t.again('accounts', 'site');
      expect(await t.proofs(id)).toEqual({ ben: 'removed' });
      expect(await t.proofs(granted)).toEqual({ ben: 'removed' });
    });

    it('proves nothing by accounts that were read while the list was', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      t.organizations.push({ connection: 'acme', source: 'organization:o' });
      const id = await t.started();
      await t.decide(id, 'ben', 'revoke');
      await tick();
      const endMembers = await t.begin({
        dataset: 'memberships',
        key: 'g1',
        rows: [member('g1', 'ana')],
      });
      await tick();
      await t.again('accounts', 'site');
      const endDirectory = await t.begin({
        dataset: 'directory',
        key: 'all',
        source: 'organization:o',
        rows: [],
      });
      await tick();
      // Suspended now, he is on none of the pages that are still to come.
      await endMembers();
      await endDirectory();
      expect(await t.proofs(id)).toEqual({ ben: 'waiting' });
      await tick();
      await t.again('accounts', 'site');
      expect(await t.proofs(id)).toEqual({ ben: 'waiting' });
      await t.again('directory', 'all', 'organization:o');
      expect(await t.proofs(id)).toEqual({ ben: 'removed' });
    });

    it('tells apart what is removed, stays, comes back and cannot be verified', async () => {
      const t = await open();
      await t.team('ana', 'ben', 'cleo', 'dan');
      const id = await t.started();
      for (const one of ['ana', 'ben', 'cleo', 'dan']) {
        await t.decide(id, one, 'revoke');
      }
      expect((await t.reviews.get(id)).state).toBe('remediation');
      await tick();
      await t.members('ana');
      await t.history.change({}, change =>
        change.put(
          { source: 'acme', dataset: 'accounts', key: 'site' },
          {
            key: 'dan',
            payload: {
              accountType: 'atlassian',
              accountStatus: 'inactive',
              class: 'person',
              listed: true,
            },
          },
        ),
      );
      const organization = { source: 'organization:o', dataset: 'directory' };
      t.organizations.push({ connection: 'acme', source: 'organization:o' });
      await t.history.change({}, change =>
        change.put(
          { ...organization, key: 'all' },
          {
            key: 'cleo',
            payload: {
              claimStatus: 'managed',
              accountStatus: 'active',
              membershipStatus: 'suspended',
              mfa: 'unknown',
              managementSource: null,
              platformRoles: null,
              products: null,
              roles: [],
            },
          },
        ),
      );
      // Whether Ben is suspended as well nobody has looked since.
      const said = {
        ana: 'still-present',
        cleo: 'suspended',
        dan: 'account-not-active',
      };
      expect(await t.proofs(id)).toEqual({ ...said, ben: 'account-not-read' });
      await t.again('directory', 'all', 'organization:o');
      expect(await t.proofs(id)).toEqual({ ...said, ben: 'removed' });
      await t.members('ana', 'ben');
      expect(await t.proofs(id)).toMatchObject({ ben: 'reappeared' });

      await expect(t.reviews.signOff(id, OWNER)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('1 still-present, 1 reappeared'),
      });
      await t.members();
      await expect(t.reviews.signOff(id, LENA)).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      const done = await t.reviews.signOff(id, OWNER);
      expect(done).toMatchObject({
        state: 'completed',
        seal: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(await t.reviews.pinned()).toBeUndefined();
      // What was sealed stays, whatever comes, and nothing is decided any more.
      await t.members('ana');
      expect(await t.proofs(id)).toMatchObject({ ana: 'removed' });
      await expect(t.decide(id, 'ana', 'undo')).rejects.toMatchObject({
        name: 'ConflictError',
      });
    });

    it('reviews what a principal was granted in a space as one item', async () => {
      const t = await open();
      const space = { dataset: 'grants', key: 's1' };
      await t.read({
        ...space,
        rows: [
          grant('s1', ['group', 'g1'], 'read'),
          grant('s1', ['group', 'g1'], 'administer'),
          grant('s1', ['access-class', 'anonymous-users'], 'read'),
        ],
      });
      const id = await t.started({ space: 's1' });
      expect(await t.itemOf(id, 'g1')).toMatchObject({
        kind: 'grant',
        operations: ['administer space', 'read space'],
        admin: true,
        keepNeedsReason: true,
      });
      expect(await t.itemsOf(id)).toHaveLength(2);
      await t.decide(id, 'g1', 'revoke');
      await tick();
      await t.read({ ...space, rows: [grant('s1', ['group', 'g1'], 'read')] });
      expect(await t.proofs(id)).toEqual({ g1: 'still-present' });
      await t.read({ ...space, rows: [], scope: 'all' });
      expect(await t.proofs(id)).toEqual({ g1: 'removed' });
    });

    it('cannot verify what is not visible any more', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      const id = await t.started();
      await t.decide(id, 'ben', 'revoke');
      await tick();
      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [],
        outcome: 'not-visible',
      });
      expect(await t.proofs(id)).toEqual({ ben: 'not-visible' });
    });

    it('keeps reasons out of the ledger', async () => {
      const knex = await databases.init(engine);
      const t = await createTestReviews(knex);
      await t.team('ana', 'ben');
      const id = await t.started();
      await t.decide(id, 'ana', 'revoke');
      await t.reviews.cancel(id, OWNER, 'Asked too early');
      const entries = await knex('ledger_entries')
        .where({ subject: id })
        .orderBy('seq');
      expect(entries.map(({ kind }) => kind)).toEqual([
        'review.created',
        'review.started',
        'review.decided',
        'review.cancelled',
      ]);
      const said = JSON.stringify(entries);
      expect(said).not.toContain('Left the team');
      expect(said).not.toContain('Asked too early');
      expect(said).toContain('reasonHash');
    });
  });
});
