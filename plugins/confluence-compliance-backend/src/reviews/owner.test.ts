// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { saltedHash } from '../ledger';
import { LENA, member, OWNER } from './__testUtils__';
import { BOSS, createTestPeople, MIA } from './__testUtils__/people';

jest.setTimeout(120_000);

const page = { limit: 50 };

describe('the owner of a review', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %p', engine => {
    const open = async () => createTestPeople(await databases.init(engine));

    it('gives a review to another owner, who then signs it off', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      const id = await t.started();
      const change = (owner: string, reason = 'Ana took the team over') =>
        t.reviews.changeOwner(id, BOSS, { owner, reason });
      await expect(change('User:Default/Owner')).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('owner is user:default/owner already'),
      });
      expect(await change('User:Default/Mia')).toMatchObject({ owner: MIA });
      expect(await t.reviews.history(id, page)).toMatchObject({
        items: [
          {
            kind: 'owner',
            by: BOSS,
            from: OWNER,
            to: MIA,
            reason: 'Ana took the team over',
          },
        ],
        totalItems: 1,
      });
      // The ledger has who and that, and of the reason its salted hash.
      const [{ reason_salt: salt }] = await t.knex('review_changes');
      const [entry] = await t.entries('review.owner-changed');
      expect(entry).toEqual({
        from: OWNER,
        to: MIA,
        reasonHash: saltedHash(salt, 'Ana took the team over'),
      });
      await t.decide(id, 'ana', 'keep');
      await t.decide(id, 'ben', 'keep');
      expect((await change(LENA)).state).toBe('remediation');
      await change(MIA, 'Name of ana is back');
      await expect(t.reviews.signOff(id, OWNER)).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      await t.reviews.signOff(id, MIA);
      await expect(change(LENA)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('completed'),
      });
      await expect(
        t.reviews.changeOwner('nowhere', BOSS, { owner: MIA, reason: 'x' }),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
      const first = await t.reviews.history(id, { limit: 2 });
      expect(first.items.map(({ to }) => to)).toEqual([MIA, LENA]);
      const { nextCursor: cursor } = first.pageInfo;
      const rest = await t.reviews.history(id, { limit: 2, cursor });
      expect(rest.items.map(({ to }) => to)).toEqual([MIA]);

      // Who is erased goes out of the reasons.
      await t.history.retention.eraseAccount({
        connection: 'acme',
        accountId: 'ana',
        actor: BOSS,
        reason: 'Asked for',
      });
      const left = await t.reviews.history(id, page);
      expect(left.items.map(({ reason }) => reason)).toEqual([
        '[erased]',
        'Ana took the team over',
        'Ana took the team over',
      ]);
      await t.history.retention.eraseEvidence({
        before: new Date(Date.now() + 86_400_000).toISOString(),
      });
      expect(JSON.stringify(await t.knex('review_changes'))).not.toContain(
        salt,
      );
    });

    it('gives a draft to another owner, who then may accept its gaps', async () => {
      const t = await open();
      await t.team('ana');
      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [],
        outcome: 'partial',
      });
      const { id } = await t.reviews.add(OWNER, {
        title: 'Quarter',
        scope: { connection: 'acme', group: 'g1' },
        fallbackReviewer: LENA,
      });
      const { preview } = await t.reviews.get(id);
      const accepted = {
        gapsHash: preview?.gapsHash ?? '',
        reason: 'The group is new',
      };
      await t.reviews.changeOwner(id, BOSS, { owner: MIA, reason: 'Left' });
      await expect(t.reviews.begin(id, OWNER, accepted)).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      expect((await t.reviews.begin(id, MIA, accepted)).owner).toBe(MIA);
    });

    it('asks for the owner again where that changes while a review starts or is signed off', async () => {
      const t = await open();
      await t.team('ana');
      const give = (id: string, owner: string) =>
        t.reviews.changeOwner(id, BOSS, { owner, reason: 'Left' });
      /** Gives it to another once something looks at the history. */
      const meanwhile = (id: string, owner: string) => {
        const head = t.history.head.bind(t.history);
        const spy = jest.spyOn(t.history, 'head');
        spy.mockImplementation(async () => {
          spy.mockRestore();
          await give(id, owner);
          return head();
        });
      };
      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [member('g1', 'ana')],
        outcome: 'partial',
      });
      const { id, preview } = await t.reviews.add(OWNER, {
        title: 'Quarter',
        scope: { connection: 'acme', group: 'g1' },
        reviewer: LENA,
        fallbackReviewer: LENA,
      });
      const accepted = { gapsHash: preview?.gapsHash ?? '', reason: 'New' };
      meanwhile(id, MIA);
      await expect(t.reviews.begin(id, OWNER, accepted)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('got another owner'),
      });
      expect((await t.reviews.get(id)).state).toBe('draft');
      await t.reviews.begin(id, MIA, accepted);
      await t.reviews.makeItems();
      await t.decide(id, 'ana', 'keep');
      meanwhile(id, OWNER);
      await expect(t.reviews.signOff(id, MIA)).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining(OWNER),
      });
      expect((await t.reviews.get(id)).state).toBe('remediation');
      expect((await t.reviews.signOff(id, OWNER)).state).toBe('completed');
    });

    it('gives rows that are made after its owner changed to the new one', async () => {
      const t = await open();
      await t.team('lena-1');
      await t.identify({ 'lena-1': LENA });
      const groups = ['g1', 'g2'].map(key => ({
        key,
        payload: { name: key, managedBy: 'ADMINS', usageType: 'TEAM' },
      }));
      await t.read({ dataset: 'groups', rows: groups });
      await t.read({ dataset: 'spaces', rows: [] });
      const key = 'g2';
      const rows = [member(key, 'lena-1')];
      await t.read({ dataset: 'memberships', key, rows });
      const { id } = await t.reviews.add(OWNER, {
        title: 'Quarter',
        scope: { connection: 'acme' },
        fallbackReviewer: LENA,
      });
      await t.reviews.begin(id, OWNER);
      const read = t.history.rows.bind(t.history);
      const spy = jest.spyOn(t.history, 'rows');
      spy.mockImplementation(async function* giveFirst(dataset, options) {
        spy.mockRestore();
        const owner = MIA;
        await t.reviews.changeOwner(id, BOSS, { owner, reason: 'Left' });
        yield* read(dataset, options);
      });
      await t.reviews.makeItems();
      // They are about the fallback reviewer, so that the owner decides.
      const made = (await t.itemsOf(id)).map(({ reviewer }) => reviewer.ref);
      expect(made).toEqual([OWNER, MIA]);
    });
  });
});
