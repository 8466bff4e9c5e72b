// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { saltedHash } from '../ledger';
import {
  createTestReviews,
  LENA,
  link,
  member,
  OWNER,
  tick,
} from './__testUtils__';

jest.setTimeout(120_000);

const MIA = 'user:default/mia';
const BOSS = 'user:default/boss';
const page = { limit: 50 };

describe('people of a review', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %p', engine => {
    const open = async () => {
      const knex = await databases.init(engine);
      const t = await createTestReviews(knex);
      const identify = (ids: Record<string, string>) =>
        t.read({
          source: 'identity',
          dataset: 'identity_links',
          key: 'links',
          rows: Object.entries(ids).map(([id, person]) => link(id, person)),
        });
      const entries = async (kind: string) =>
        (await knex('ledger_entries').where({ kind }).orderBy('seq')).map(
          ({ payload }) => JSON.parse(payload),
        );
      const versions = async (id: string, ...names: string[]) => {
        const items = await t.itemsOf(id);
        return items
          .filter(item => names.includes(item.principal.id))
          .map(({ id: item, version }) => ({ id: item, version }));
      };
      return { ...t, knex, identify, entries, versions };
    };

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

    it('lets somebody decide again what another had decided, and keeps who undid it', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      const id = await t.started();
      await t.decide(id, 'ana', 'keep');
      const reassign = async (undoDecided?: boolean) =>
        t.reviews.reassign(id, BOSS, {
          items: await t.versions(id, 'ana', 'ben'),
          to: MIA,
          reason: 'Lena has left',
          undoDecided,
        });
      await expect(reassign()).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('undoDecided must be true'),
      });
      await reassign(true);
      const ana = await t.itemOf(id, 'ana');
      expect(ana).toMatchObject({
        reviewer: { ref: MIA, because: 'reassigned' },
        decision: undefined,
      });
      const why = { by: BOSS, reason: 'Lena has left', to: MIA };
      expect(await t.reviews.itemHistory(id, ana.id)).toEqual({
        items: [
          expect.objectContaining({
            ...why,
            kind: 'reassign',
            for: undefined,
            from: { version: 2, decision: 'undecided', reviewer: LENA },
          }),
          expect.objectContaining({
            ...why,
            kind: 'undo',
            for: undefined,
            from: { version: 2, decision: 'keep', reviewer: LENA },
          }),
          expect.objectContaining({ kind: 'keep', by: LENA }),
        ],
      });
      const [{ to, items }] = await t.entries('review.reassigned');
      expect(to).toBe(MIA);
      expect(items).toEqual([
        expect.objectContaining({ id: ana.id, version: 3, undid: 'keep' }),
        expect.not.objectContaining({ undid: expect.anything() }),
      ]);
    });

    it('hands on all rows of who has left, but for what is about the new one or waits for its removal', async () => {
      const t = await open();
      await t.team('ana', 'ben', 'cleo', 'dan', 'mia-1');
      await t.identify({ 'mia-1': MIA });
      const id = await t.started();
      const handOn = (undoDecided: boolean, to = MIA) =>
        t.reviews.handOn(id, BOSS, {
          from: LENA,
          to,
          reason: 'Lena has left',
          undoDecided,
        });
      const reviewers = async () =>
        Object.fromEntries(
          (await t.itemsOf(id)).map(({ principal, reviewer, decision }) => [
            principal.id,
            [reviewer.ref, decision?.kind],
          ]),
        );
      await t.decide(id, 'ana', 'keep');
      await t.decide(id, 'ben', 'revoke');
      const mia = await t.itemOf(id, 'mia-1');
      expect(await handOn(false)).toEqual({
        handed: 2,
        undone: 0,
        refused: [
          {
            id: mia.id,
            reason: {
              code: 'about-themself',
              text: expect.stringContaining('nobody decides on themself'),
            },
          },
        ],
        more: false,
      });
      expect(await reviewers()).toEqual({
        ana: [LENA, 'keep'],
        ben: [LENA, 'revoke'],
        cleo: [MIA, undefined],
        dan: [MIA, undefined],
        'mia-1': [LENA, undefined],
      });
      // Everything is decided: what is revoked waits for its removal, and stays.
      await t.reviews.decide(id, MIA, {
        items: await t.versions(id, 'cleo', 'dan'),
        decision: 'keep',
        reason: 'Needed',
        includeRisky: true,
      });
      await t.decide(id, 'mia-1', 'keep');
      expect((await t.reviews.get(id)).state).toBe('remediation');
      const summary = await t.reviews.summary(id);
      expect(summary.reviewers).toContainEqual({
        reviewer: LENA,
        total: 3,
        undecided: 0,
        revoke: 1,
      });
      const ben = await t.itemOf(id, 'ben');
      const refused = [
        {
          id: ben.id,
          reason: {
            code: 'waits-for-removal',
            text: 'It is revoked and waits for its removal',
          },
        },
        expect.objectContaining({ id: mia.id }),
      ];
      expect(await handOn(true)).toMatchObject({
        handed: 1,
        undone: 1,
        refused,
      });
      // Something is undecided again by now, and the removal may be under way all the same.
      expect(await handOn(true)).toMatchObject({ handed: 0, refused });
      expect(await reviewers()).toMatchObject({
        ana: [MIA, undefined],
        ben: [LENA, 'revoke'],
        'mia-1': [LENA, 'keep'],
      });
      expect((await t.reviews.get(id)).state).toBe('in-progress');
      const reassign = async () =>
        t.reviews.reassign(id, BOSS, {
          items: await t.versions(id, 'ben'),
          to: MIA,
          reason: 'Lena has left',
          undoDecided: true,
        });
      const waits = {
        name: 'ConflictError',
        message: expect.stringContaining('waits for its removal'),
      };
      await expect(reassign()).rejects.toMatchObject(waits);
      await t.reviews.decide(id, MIA, {
        items: await t.versions(id, 'ana'),
        decision: 'keep',
        reason: 'Needed',
      });
      await expect(reassign()).rejects.toMatchObject(waits);
      expect(await t.reviews.history(id, page)).toMatchObject({
        items: [
          { kind: 'hand-on', from: LENA, to: MIA, items: 1, undone: 1 },
          { kind: 'hand-on', from: LENA, to: MIA, items: 2, undone: 0 },
        ],
      });
      const [{ from, reasonHash }] = await t.entries('review.reassigned');
      const [{ reason_salt: salt }] = await t
        .knex('review_changes')
        .orderBy('ordinal');
      expect(from).toBe(LENA);
      expect(reasonHash).toBe(saltedHash(salt, 'Lena has left'));
      await expect(handOn(true, LENA)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('to is user:default/lena'),
      });
    });

    it('hands on rows before everything is decided also where they are revoked, but never under a rule that decides again', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      const id = await t.started();
      await t.decide(id, 'ana', 'revoke');
      const asked = { from: LENA, reason: 'Left', undoDecided: true };
      await t.knex('reviews').where({ id }).update({
        overdue_rule: 'revoke',
        due_at: '2026-01-01T00:00:00.000Z',
      });
      await expect(
        t.reviews.handOn(id, BOSS, { ...asked, to: MIA }),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('its rule would decide again'),
      });
      await t.knex('reviews').where({ id }).update({ due_at: null });
      await t.knex('reviews').where({ id }).update({ containers_total: 2 });
      await expect(
        t.reviews.handOn(id, BOSS, { ...asked, to: MIA }),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('still being made'),
      });
      await t.knex('reviews').where({ id }).update({ containers_total: 1 });
      expect(
        await t.reviews.handOn(id, BOSS, { ...asked, to: MIA }),
      ).toMatchObject({ handed: 2, undone: 1 });
      await t.reviews.cancel(id, BOSS, 'Over');
      await expect(
        t.reviews.handOn(id, BOSS, { ...asked, from: MIA, to: LENA }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('leaves what is revoked before everything is decided where somebody was named to remove it, or a read says something of it', async () => {
      const t = await open();
      await t.team('ana', 'ben', 'cleo');
      const id = await t.started();
      await t.decide(id, 'ana', 'revoke');
      await t.decide(id, 'ben', 'revoke');
      const [ana, ben] = await t.versions(id, 'ana', 'ben');
      await t.reviews.assignRemediations(id, BOSS, {
        items: [ana.id],
        owner: OWNER,
      });
      await tick();
      await t.members('ana', 'cleo');
      const asked = { to: MIA, reason: 'Lena has left', undoDecided: true };
      for (const item of [ana, ben]) {
        await expect(
          t.reviews.reassign(id, BOSS, { ...asked, items: [item] }),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining('waits for its removal'),
        });
      }
      const waits = { code: 'waits-for-removal' };
      expect(
        await t.reviews.handOn(id, BOSS, { ...asked, from: LENA }),
      ).toMatchObject({
        handed: 1,
        undone: 0,
        refused: [
          { id: ana.id, reason: waits },
          { id: ben.id, reason: waits },
        ],
      });
      // What was revoked anew since then waits for nothing yet.
      await t.decide(id, 'ben', 'undo');
      await t.decide(id, 'ben', 'revoke');
      expect(
        await t.reviews.handOn(id, BOSS, { ...asked, from: LENA }),
      ).toMatchObject({ handed: 1, undone: 1, refused: [{ id: ana.id }] });
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

    it('hands on more rows than one request takes, one request after the other', async () => {
      const t = await open();
      await t.team(...Array.from({ length: 520 }, (_, n) => `a${n}`));
      const id = await t.started();
      const asked = { from: LENA, to: MIA, reason: 'x', undoDecided: false };
      const handOn = () => t.reviews.handOn(id, BOSS, asked);
      expect(await handOn()).toMatchObject({ handed: 500, more: true });
      expect(await handOn()).toMatchObject({ handed: 20, more: false });
      expect(await handOn()).toMatchObject({ handed: 0, more: false });
      const summary = await t.reviews.summary(id);
      expect(summary.reviewers).toMatchObject([{ reviewer: MIA, total: 520 }]);
    });

    it('lasts a year at most to stand for somebody, and can be ended by who manages reviews', async () => {
      const t = await open();
      const { delegations } = t.reviews;
      const inDays = (days: number) =>
        new Date(Date.now() + days * 86_400_000).toISOString();
      const delegate = (from: string, to: string, endsAt = inDays(30)) =>
        delegations.add(from, { to, endsAt, reason: 'Away' });
      await expect(delegate(LENA, MIA, inDays(367))).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringMatching(
          /^endsAt must be at most a year ahead: say \d{4}-/,
        ),
      });
      const given = await delegate(LENA, MIA, inDays(365));
      const later = await delegations.add(OWNER, {
        to: MIA,
        startsAt: inDays(3),
        endsAt: inDays(60),
        reason: 'Away',
      });
      const other = await delegate(BOSS, LENA);
      expect(await delegations.delegatesOf([LENA, OWNER])).toEqual([MIA]);
      expect(await delegations.delegatesOf([OWNER])).toEqual([]);
      // Of everybody those that last longest first, page by page.
      const first = await delegations.listOpen({ limit: 2 });
      expect(first).toMatchObject({
        items: [{ id: given.id }, { id: later.id }],
        totalItems: 3,
      });
      const { nextCursor: cursor } = first.pageInfo;
      expect(await delegations.listOpen({ limit: 2, cursor })).toMatchObject({
        items: [{ id: other.id, from: BOSS, to: LENA }],
        pageInfo: {},
      });
      const own = await delegations.list(LENA, { limit: 1 });
      expect(own).toMatchObject({ items: [{ id: other.id }], totalItems: 2 });
      expect(
        await delegations.list(LENA, {
          limit: 1,
          cursor: own.pageInfo.nextCursor,
        }),
      ).toMatchObject({ items: [{ id: given.id }], pageInfo: {} });
      // One list takes no cursor of the other, nor of somebody else.
      await expect(
        delegations.list(MIA, { limit: 1, cursor: own.pageInfo.nextCursor }),
      ).rejects.toMatchObject({ name: 'InputError' });

      await expect(
        delegations.end(OWNER, given.id, { anybodys: false }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(
        await delegations.end(OWNER, given.id, { anybodys: true }),
      ).toMatchObject({ active: false, endedBy: OWNER });
      expect(await delegations.delegatesOf([LENA])).toEqual([]);
      expect((await delegations.listOpen(page)).items).toHaveLength(2);
      expect(await t.entries('review.delegation-ended')).toEqual([
        { from: LENA },
      ]);
    });

    it('asks for those who stand for somebody by whom they stand for', async () => {
      const t = await open();
      const { delegations } = t.reviews;
      await delegations.add(LENA, {
        to: MIA,
        endsAt: new Date(Date.now() + 60_000).toISOString(),
        reason: 'Away',
      });
      const seen: string[] = [];
      t.knex.on('query', ({ sql, bindings }) => {
        if (sql.includes('review_delegations')) {
          seen.push(JSON.stringify(bindings));
        }
      });
      const many = Array.from({ length: 450 }, (_, n) => `user:default/u${n}`);
      expect(await delegations.delegatesOf([...many, LENA])).toEqual([MIA]);
      expect(seen).toHaveLength(3);
      expect(seen.every(one => one.includes('user:default/'))).toBe(true);
      seen.length = 0;
      expect(await delegations.delegatesOf([])).toEqual([]);
      expect(seen).toEqual([]);
    });

    it('decides the others where one of several rows is about who decides, and names that one', async () => {
      const t = await open();
      await t.team('ana', 'ben', 'lena-1');
      await t.identify({ 'lena-1': LENA });
      const id = await t.started();
      // It came to her all the same, as before her account was known.
      await t
        .knex('review_items')
        .where({ principal_id: 'lena-1' })
        .update({ reviewer: LENA });
      const own = await t.itemOf(id, 'lena-1');
      const answer = await t.reviews.decide(id, LENA, {
        items: await t.versions(id, 'ana', 'ben', 'lena-1'),
        decision: 'revoke',
        reason: 'Left',
      });
      expect(answer.items.map(({ principal }) => principal.id)).toEqual([
        'ana',
        'ben',
      ]);
      expect(answer.refused).toEqual([
        {
          id: own.id,
          reason: {
            code: 'about-themself',
            text: `It is about ${LENA}: nobody decides on themself`,
          },
        },
      ]);
      expect((await t.itemOf(id, 'lena-1')).decision).toBeUndefined();
      const [{ items }] = await t.entries('review.decided');
      expect(items).toHaveLength(2);
      await expect(t.decide(id, 'lena-1', 'keep')).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
    });
  });
});
