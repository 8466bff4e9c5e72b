// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  CreateReview,
  ReviewScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  account,
  createTestReviews,
  grant,
  LENA,
  link,
  member,
  OWNER,
} from './__testUtils__';

jest.setTimeout(120_000);

const MIA = 'user:default/mia';
const SARA = 'user:default/sara';

const space = (key: string) => ({
  key,
  payload: { key, name: key, type: 'global', status: 'current' },
});

const group = (key: string) => ({
  key,
  payload: { name: key, managedBy: 'ADMINS', usageType: 'TEAM' },
});

const guest = (id: string) => {
  const { payload, ...one } = account(id);
  return { ...one, payload: { ...payload, class: 'guest' } };
};

const person = (ref: string, managerRef: string | null) => ({
  key: ref,
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

/** Every choice of the three switches. */
const narrowings = [0, 1, 2, 3, 4, 5, 6, 7].map(bits => ({
  ...(bits % 2 > 0 && { admins: true }),
  ...((bits >> 1) % 2 > 0 && { guests: true }),
  ...(bits >> 2 > 0 && { changed: true }),
}));

const places: Array<Omit<ReviewScope, 'connection'>> = [
  {},
  { group: 'g1' },
  { group: 'g2' },
  { space: 's1' },
  { system: 'space:s1' },
];

describe('what is counted before the start', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %p', engine => {
    /** A site of two groups and two spaces, of which a part was reviewed before. */
    async function open() {
      const knex = await databases.init(engine);
      const t = { knex, ...(await createTestReviews(knex)) };
      const names = ['ana', 'ana-2', 'ben', 'mia'];
      await t.read({
        dataset: 'accounts',
        rows: [...names.map(id => account(id)), guest('gus')],
      });
      await t.read({ dataset: 'groups', rows: ['g1', 'g2'].map(group) });
      await t.read({ dataset: 'spaces', rows: ['s1', 's2'].map(space) });
      const members = (key: string, ...ids: string[]) =>
        t.read({
          dataset: 'memberships',
          key,
          rows: ids.map(id => member(key, id)),
        });
      await members('g1', 'ana', 'ana-2', 'gus');
      await members('g2', 'ben', 'mia', 'unknown');
      const grants = (key: string, ...rows: Array<[string, string, string]>) =>
        t.read({
          dataset: 'grants',
          key,
          rows: rows.map(([kind, id, operation]) =>
            grant(key, [kind, id], operation),
          ),
        });
      await grants(
        's1',
        ['group', 'g1', 'administer'],
        ['group', 'g1', 'read'],
        ['account', 'gus', 'read'],
        ['account', 'gus', 'create'],
        ['account', 'ben', 'administer'],
        ['access-class', 'anonymous-users', 'read'],
      );
      await grants('s2', ['account', 'gus', 'administer']);
      await t.read({
        source: 'identity',
        dataset: 'identity_links',
        key: 'links',
        rows: [
          link('ana', 'user:default/ana'),
          link('ana-2', 'user:default/ana'),
          link('mia', MIA),
          link('gus', OWNER),
        ],
      });
      await t.read({
        source: 'people:catalog',
        dataset: 'people',
        key: 'all',
        rows: [person('user:default/ana', MIA), person(MIA, MIA)],
      });
      t.systems.push({
        resource: { ref: 'space:s1' },
        spaceId: 's1',
        owner: SARA,
      });
      const before = await t.started({});
      for (const { id, version } of await t.itemsOf(before)) {
        await t.reviews.decide(before, LENA, {
          items: [{ id, version }],
          decision: 'keep',
          reason: 'Needed',
        });
      }
      await t.reviews.signOff(before, OWNER);
      // One is new, one came back, and one may do more than before.
      await members('g1', 'ana', 'ana-2', 'gus', 'ben');
      await members('g2', 'mia', 'unknown');
      await members('g2', 'ben', 'mia', 'unknown');
      await grants(
        's1',
        ['group', 'g1', 'administer'],
        ['group', 'g1', 'read'],
        ['account', 'gus', 'read'],
        ['account', 'gus', 'create'],
        ['account', 'ben', 'administer'],
        ['account', 'ben', 'read'],
        ['access-class', 'anonymous-users', 'read'],
      );
      return t;
    }

    it('is exactly what the items are, in every scope', async () => {
      const t = await open();
      const rules: Array<Partial<CreateReview>> = [
        {},
        { reviewers: ['manager', 'space-owner', 'named'], reviewer: LENA },
      ];
      const sizes = new Set<number>();
      for (const place of places) {
        for (const [at, narrowing] of narrowings.entries()) {
          const scope = { connection: 'acme', ...place, ...narrowing };
          const asked = {
            scope,
            fallbackReviewer: OWNER,
            owner: MIA,
            ...rules[at % 2],
          };
          const draft = await t.reviews.add(OWNER, {
            title: 'Quarter',
            ...asked,
          });
          const { preview } = draft;
          expect(await t.reviews.preview(OWNER, asked)).toEqual(preview);
          expect(draft).not.toHaveProperty('size');
          expect(draft).not.toHaveProperty('gaps');
          await t.reviews.begin(draft.id, MIA);
          await t.reviews.makeItems();
          const items = await t.itemsOf(draft.id);
          const people = new Set(
            items.flatMap(({ principal: { kind, person: ref, id } }) =>
              kind === 'account' ? ref ?? id : [],
            ),
          );
          const by = (ref: string) =>
            items.filter(({ reviewer }) => reviewer.ref === ref).length;
          expect([scope, preview?.size, preview?.people]).toEqual([
            scope,
            items.length,
            people.size,
          ]);
          expect(preview?.reviewers).toMatchObject({
            more: { reviewers: 0, total: 0 },
            fallback: items.filter(
              ({ reviewer }) => reviewer.because === 'fallback',
            ).length,
          });
          for (const { reviewer, total } of preview?.reviewers?.most ?? []) {
            expect([scope, reviewer, total]).toEqual([
              scope,
              reviewer,
              by(reviewer),
            ]);
          }
          sizes.add(items.length);
          await t.reviews.cancel(draft.id, MIA, 'It was a try');
        }
      }
      // The scopes differ, or nothing was compared.
      expect(sizes.size).toBeGreaterThan(6);
    });

    it('says who would decide how many, and what nobody can', async () => {
      const t = await open();
      const scope = { connection: 'acme', group: 'g1' };
      expect(await t.reviews.preview(OWNER, { scope })).not.toHaveProperty(
        'reviewers',
      );
      const asked = { scope, fallbackReviewer: OWNER };
      expect(await t.reviews.preview(OWNER, asked)).toMatchObject({
        size: 4,
        people: 3,
        // The account of a guest belongs to the owner, who is the fallback reviewer, too.
        reviewers: {
          most: [{ reviewer: OWNER, total: 4 }],
          fallback: 4,
          nobody: 1,
        },
      });
      const others = { ...asked, owner: MIA };
      expect((await t.reviews.preview(OWNER, others)).reviewers).toEqual({
        most: [
          { reviewer: OWNER, total: 3 },
          { reviewer: MIA, total: 1 },
        ],
        more: { reviewers: 0, total: 0 },
        fallback: 4,
        nobody: 0,
      });
      const team = { ...others, fallbackReviewer: 'group:default/team' };
      expect((await t.reviews.preview(OWNER, team)).reviewers).toMatchObject({
        nobody: 4,
      });
    });

    it('names twenty reviewers, and counts the others', async () => {
      const t = await createTestReviews(await databases.init(engine));
      const ids = Array.from({ length: 30 }, (_, i) => `a${i + 10}`);
      await t.team(...ids);
      await t.read({
        source: 'identity',
        dataset: 'identity_links',
        key: 'links',
        rows: ids.map(id => link(id, `user:default/${id}`)),
      });
      await t.read({
        source: 'people:catalog',
        dataset: 'people',
        key: 'all',
        rows: ids.map(id =>
          person(`user:default/${id}`, `user:default/boss-of-${id}`),
        ),
      });
      const { reviewers } = await t.reviews.preview(OWNER, {
        scope: { connection: 'acme' },
        reviewers: ['manager'],
        fallbackReviewer: OWNER,
      });
      expect(reviewers?.most).toHaveLength(20);
      expect(reviewers?.most[0]).toEqual({
        reviewer: 'user:default/boss-of-a10',
        total: 1,
      });
      expect(reviewers).toMatchObject({
        more: { reviewers: 10, total: 10 },
        fallback: 0,
        nobody: 0,
      });
    });

    it('counts nothing for a list of drafts', async () => {
      const t = await open();
      await t.reviews.add(OWNER, {
        title: 'Quarter',
        scope: { connection: 'acme' },
        fallbackReviewer: LENA,
      });
      const reads = jest.spyOn(t.history, 'rows');
      const containers = jest.spyOn(t.history, 'containers');
      const { items } = await t.reviews.list({ state: 'draft' }, { limit: 50 });
      expect(items).toHaveLength(1);
      for (const field of ['size', 'gaps', 'preview']) {
        expect(items[0]).not.toHaveProperty(field);
      }
      expect(reads).not.toHaveBeenCalled();
      expect(containers).not.toHaveBeenCalled();
    });

    it('reads the completed reviews once for all items', async () => {
      const t = await open();
      const asked: string[] = [];
      t.knex.on('query', ({ sql }) => asked.push(sql));
      await t.started({});
      const completed = asked.filter(
        sql => /from .reviews./.test(sql) && /desc/.test(sql),
      );
      expect(completed).toHaveLength(1);
    });
  });
});
