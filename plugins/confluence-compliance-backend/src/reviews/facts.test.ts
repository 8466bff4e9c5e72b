// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  ReviewItem,
  ReviewScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  account,
  createTestReviews,
  grant,
  LENA,
  link,
  OWNER,
} from './__testUtils__';

jest.setTimeout(60_000);

const MIA = 'user:default/mia';
const SARA = 'user:default/sara';

const person = (name: string, managerRef: string | null) => ({
  key: `user:default/${name}`,
  payload: {
    status: 'employed',
    startDate: null,
    endDate: null,
    absentSince: null,
    managerRef,
    employmentType: null,
    accountIds: [],
  },
});

const byPrincipal = (items: ReviewItem[]) =>
  Object.fromEntries(items.map(item => [item.principal.id, item]));

describe('what reviewers see', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %p', engine => {
    const open = async () => {
      const t = await createTestReviews(await databases.init(engine));
      const identify = (...names: string[]) =>
        t.read({
          source: 'identity',
          dataset: 'identity_links',
          key: 'links',
          rows: names.map(name => link(name, `user:default/${name}`)),
        });
      const itemsOf = async (id: string) => byPrincipal(await t.itemsOf(id));
      const preview = (scope: ReviewScope) =>
        t.reviews.preview(OWNER, { scope });
      return { ...t, identify, itemsOf, preview };
    };

    it('compares with the last completed review', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      await t.identify('ana', 'ben', 'cleo');
      const first = await t.started();
      expect((await t.itemsOf(first)).ana).toMatchObject({
        delta: { kind: 'unknown', reason: { code: 'not-reviewed' } },
        lowRisk: false,
        path: [
          { kind: 'account', id: 'ana', name: 'Name of ana' },
          { kind: 'group', id: 'g1' },
        ],
        mfa: { reason: { code: 'no-organization-key' } },
        openFindings: { total: 0, high: 0 },
      });
      await t.decide(first, 'ana', 'keep');
      await t.decide(first, 'ben', 'keep');
      await t.reviews.signOff(first, OWNER);

      await t.members('ana');
      await t.read({
        dataset: 'accounts',
        rows: ['ana', 'ben', 'cleo'].map(id => account(id)),
      });
      await t.members('ana', 'ben', 'cleo');
      const second = await t.started();
      const { ana, ben, cleo } = await t.itemsOf(second);
      expect(ana).toMatchObject({
        delta: { kind: 'unchanged', reviewId: first },
        lastDecision: { kind: 'keep', by: LENA, reason: 'Left the team' },
        recommendation: { kind: 'keep', reasons: [{ code: 'kept-unchanged' }] },
        lowRisk: true,
      });
      expect(ben).toMatchObject({
        delta: { kind: 'came-back' },
        recommendation: { kind: 'defer', reasons: [{ code: 'came-back' }] },
        keepNeedsReason: true,
        lowRisk: false,
      });
      expect(cleo).toMatchObject({ delta: { kind: 'new', reviewId: first } });
      expect(cleo.lastDecision).toBeUndefined();

      // What an item said when it was made stays, whatever is found later.
      await t.read({
        dataset: 'results',
        key: 'high',
        rows: [
          {
            key: 'high|account|ana',
            payload: {
              checkId: 'high',
              subjectKind: 'account',
              subjectId: 'ana',
              verdict: 'fail',
              reason: 'no-mfa',
              facts: {},
              accountId: 'ana',
              resource: null,
            },
          },
        ],
      });
      expect((await t.itemsOf(second)).ana.lowRisk).toBe(true);
      const third = await t.started();
      expect((await t.itemsOf(third)).ana).toMatchObject({
        openFindings: { total: 1, high: 1 },
        recommendation: { reasons: [{ code: 'open-high-finding' }] },
        keepNeedsReason: true,
        lowRisk: false,
      });

      const changed = await t.started({ group: 'g1', changed: true });
      expect(Object.keys(await t.itemsOf(changed)).sort()).toEqual([
        'ben',
        'cleo',
      ]);
    });

    it('narrows to guests, to administrators and to a critical system', async () => {
      const t = await open();
      await t.team('ana', 'gus');
      const { payload, ...gus } = account('gus');
      await t.read({
        dataset: 'accounts',
        rows: [
          account('ana'),
          { ...gus, payload: { ...payload, class: 'guest' } },
        ],
      });
      await t.read({
        dataset: 'grants',
        key: 's1',
        rows: [
          grant('s1', ['group', 'g1'], 'administer'),
          grant('s1', ['account', 'gus'], 'read'),
        ],
      });
      const guests = await t.started({ group: 'g1', guests: true });
      expect(Object.keys(await t.itemsOf(guests))).toEqual(['gus']);
      // Who else is a guest is not known while not all accounts could be read.
      await t.read({ dataset: 'accounts', rows: [], outcome: 'partial' });
      expect(
        await t.preview({
          connection: 'acme',
          group: 'g1',
          guests: true,
        }),
      ).toMatchObject({ gaps: [{ dataset: 'accounts', container: 'site' }] });
      await t.again('accounts', 'site');
      // Which group administers something is known only with all spaces.
      await expect(t.started({ group: 'g1', admins: true })).rejects.toThrow(
        'spaces of site (never-read)',
      );
      await t.read({
        dataset: 'spaces',
        rows: [
          {
            key: 's1',
            payload: {
              key: 'S1',
              name: 'One',
              type: 'global',
              status: 'current',
            },
          },
        ],
      });
      const admins = await t.started({ group: 'g1', admins: true });
      expect((await t.itemsOf(admins)).ana).toMatchObject({
        admin: true,
        reach: { spaces: 1, admin: 1 },
        keepNeedsReason: true,
      });
      expect(
        (await t.itemsOf(admins)).gus.recommendation.reasons,
      ).toContainEqual(expect.objectContaining({ code: 'guest-administers' }));
      const inSpace = await t.started({ space: 's1', admins: true });
      expect(Object.keys(await t.itemsOf(inSpace))).toEqual(['g1']);

      t.systems.push({
        resource: { ref: 'space:s1' },
        spaceId: 's1',
        owner: SARA,
      });
      const id = await t.started({ system: 'space:s1' }, LENA, {
        reviewers: ['space-owner', 'named'],
      });
      const items = await t.itemsOf(id);
      expect(Object.keys(items).sort()).toEqual(['ana', 'g1', 'gus']);
      expect(items.g1.reviewer).toEqual({ ref: SARA, because: 'space-owner' });
      expect(items.ana.reviewer).toEqual({ ref: LENA, because: 'named' });
      // Of a system, too, guests are known only with all accounts.
      await t.read({ dataset: 'accounts', rows: [], outcome: 'partial' });
      expect(
        await t.preview({
          connection: 'acme',
          system: 'space:s1',
          guests: true,
        }),
      ).toMatchObject({ gaps: [{ dataset: 'accounts', container: 'site' }] });

      const scope = { connection: 'acme', system: 'space:other' };
      expect(await t.preview(scope)).toMatchObject({
        size: 0,
        gaps: [{ reason: { code: 'no-critical-system' } }],
      });
      await expect(t.preview({ ...scope, group: 'g1' })).rejects.toMatchObject({
        name: 'InputError',
      });
    });

    it('gives items to managers and owners, and to nobody about themself', async () => {
      const t = await open();
      await t.team('ana', 'ben', 'mia');
      await t.identify('ana', 'ben', 'mia');
      await t.read({
        source: 'people:catalog',
        dataset: 'people',
        key: 'all',
        rows: [person('ana', MIA), person('ben', null), person('mia', MIA)],
      });
      const id = await t.started({ group: 'g1' }, LENA, {
        reviewers: ['manager', 'group-owner'],
        owners: [{ kind: 'group', id: 'g1', owner: SARA }],
      });
      const items = await t.itemsOf(id);
      expect(items.ana.reviewer).toEqual({ ref: MIA, because: 'manager' });
      expect(items.ben.reviewer).toEqual({ ref: SARA, because: 'group-owner' });
      // She would be her own manager.
      expect(items.mia.reviewer).toEqual({ ref: SARA, because: 'group-owner' });
    });

    it('lets a delegate decide for a while, but not about themself', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      await t.identify('ana', 'ben');
      const BEN = 'user:default/ben';
      const id = await t.started();
      const { ana, ben } = await t.itemsOf(id);
      const decide = ({ id: item, version }: ReviewItem) =>
        t.reviews.decide(id, BEN, {
          items: [{ id: item, version }],
          decision: 'revoke',
          reason: 'Left',
        });
      await expect(decide(ana)).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      const later = new Date(Date.now() + 60_000).toISOString();
      const { delegations } = t.reviews;
      await expect(
        delegations.add(LENA, { to: LENA, endsAt: later, reason: 'Away' }),
      ).rejects.toMatchObject({ name: 'InputError' });
      const given = await delegations.add(LENA, {
        to: BEN,
        endsAt: later,
        reason: 'Away',
      });
      expect(given.active).toBe(true);
      await expect(decide(ben)).rejects.toMatchObject({
        message: expect.stringContaining('themself'),
      });
      await decide(ana);
      expect((await t.itemOf(id, 'ana')).decision).toMatchObject({
        by: BEN,
        for: LENA,
      });
      expect(await t.reviews.itemHistory(id, ana.id)).toMatchObject({
        items: [
          {
            kind: 'revoke',
            by: BEN,
            for: LENA,
            from: { version: 1, decision: 'undecided', reviewer: LENA },
          },
        ],
      });
      expect(await delegations.delegatorsOf(BEN)).toEqual([LENA]);
      await delegations.end(LENA, given.id, { anybodys: false });
      expect(await delegations.delegatorsOf(BEN)).toEqual([]);
      expect((await delegations.list(BEN, { limit: 50 })).items).toMatchObject([
        { from: LENA, active: false },
      ]);
      await expect(decide(await t.itemOf(id, 'ana'))).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
    });

    it('names what is still reached apart from what is removed', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      await t.read({
        dataset: 'grants',
        key: 's1',
        rows: [
          grant('s1', ['group', 'g1'], 'read'),
          grant('s1', ['account', 'ana'], 'administer'),
        ],
      });
      const id = await t.started();
      await t.decide(id, 'ana', 'revoke');
      await t.decide(id, 'ben', 'revoke');
      await new Promise(resolve => setTimeout(resolve, 5));
      await t.members();
      const { items } = await t.reviews.remediations(id, { limit: 200 });
      const of = (name: string) =>
        items.find(({ item }) => item.principal.id === name);
      expect(of('ana')).toMatchObject({
        owner: OWNER,
        steps: [
          { code: 'open-group' },
          { code: 'remove-member' },
          { code: 'read-again' },
        ],
        remediation: {
          state: 'removed',
          residual: {
            paths: [
              {
                space: 's1',
                through: { kind: 'account', id: 'ana' },
                level: 'admin',
              },
            ],
          },
        },
      });
      expect(of('ben')?.remediation.residual?.paths).toEqual([]);
      await t.reviews.assignRemediations(id, OWNER, {
        items: [of('ben')?.item.id ?? ''],
        owner: SARA,
      });
      expect(
        (await t.reviews.remediations(id, { limit: 200 })).items.find(
          ({ item }) => item.principal.id === 'ben',
        )?.owner,
      ).toBe(SARA);
      const summary = await t.reviews.summary(id);
      expect(summary).toMatchObject({
        remediations: { removed: 2, waiting: 0 },
        reviewers: [{ reviewer: LENA, total: 2, undecided: 0 }],
      });
    });

    it('writes CSV that no spreadsheet runs, with what was not whole', async () => {
      const t = await open();
      await t.team('ana');
      await t.read({
        dataset: 'accounts',
        rows: [
          {
            ...account('ana'),
            profile: { kind: 'account', id: 'ana', name: '=1+"1"' },
          },
        ],
      });
      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [],
        outcome: 'partial',
      });
      const { id, preview } = await t.reviews.add(OWNER, {
        title: 'Quarter',
        scope: { connection: 'acme', group: 'g1' },
        fallbackReviewer: LENA,
      });
      await t.reviews.begin(id, OWNER, {
        gapsHash: preview?.gapsHash ?? '',
        reason: 'Nobody can read it',
      });
      await t.reviews.makeItems();
      let text = '';
      for await (const piece of await t.reviews.csv(id, OWNER)) {
        text += piece;
      }
      const lines = text.split('\r\n');
      expect(lines).toHaveLength(4);
      expect(lines[1]).toContain('"account","ana","\'=1+""1""","person"');
      expect(lines[1]).toContain('"unknown"');
      expect(lines[2]).toMatch(/^"gap","memberships","g1","Team",/);
    });
  });
});
