// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { reviewTemplateInputSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import type { ReviewTemplateConfig } from '../../config';
import { MadeReviewNotices } from '../../notices';
import { createTestReviews, LENA, member, OWNER } from '../__testUtils__';
import { MadeReviews, Templates } from '.';

jest.setTimeout(60_000);

const BOSS = 'user:default/boss';

const templateOf = (more: object = {}): ReviewTemplateConfig => ({
  id: 'team',
  ...reviewTemplateInputSchema.parse({
    title: 'Team',
    scope: { connection: 'acme', group: 'g1' },
    owner: OWNER,
    reviewer: LENA,
    fallbackReviewer: OWNER,
    cadence: { months: 3 },
    makes: 'started',
    ...more,
  }),
});

describe('Templates', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function open(knex: Knex, configured: ReviewTemplateConfig[] = []) {
    const t = await createTestReviews(knex);
    await t.team('ana', 'ben');
    const database = mockServices.database({ knex });
    const clock = { now: new Date('2999-11-20T10:00:00.000Z') };
    const connections = ['acme'];
    const replica = async (begin = t.reviews.begin.bind(t.reviews)) =>
      Templates.create({
        config: { reviews: { templates: configured } },
        database,
        history: t.history,
        reviews: {
          begin,
          coverage: scope => t.reviews.coverage(scope),
          titlesOf: named => t.reviews.titlesOf(named),
        },
        systems: { list: async () => t.systems },
        connections: () => connections,
        scheduler: mockServices.scheduler.mock(),
        logger: mockServices.logger.mock(),
        now: () => clock.now,
      });
    const templates = await replica();
    const made = async () =>
      (await t.reviews.list({}, { limit: 50 })).items.reverse();
    const send = jest.fn();
    const notices = async () =>
      new MadeReviewNotices({
        made: await MadeReviews.create({ database }),
        notifications: { send },
        scheduler: mockServices.scheduler.mock(),
        logger: mockServices.logger.mock(),
      });
    const told = async () => {
      send.mockClear();
      await (await notices()).send();
      return send.mock.calls.map(
        ([{ recipients, payload }]) =>
          `${recipients.entityRef}: ${payload.title}. ${payload.description}`,
      );
    };
    return {
      ...t,
      clock,
      connections,
      knex,
      made,
      notices,
      replica,
      send,
      templates,
      told,
    };
  }

  describe.each(databases.eachSupportedId())('on %p', engine => {
    it('makes one review in each period, with two replicas and after a kill', async () => {
      const t = await open(await databases.init(engine));
      await t.templates.set(templateOf({ overdueRule: 'defer' }), BOSS);
      expect((await t.templates.list())[0]).toMatchObject({
        id: 'team',
        origin: 'portal',
        next: { period: '2999-10', at: '2999-10-01T00:00:00.000Z' },
      });
      // It is killed between the draft and the start.
      const killed = await t.replica(async () => {
        throw new Error('Killed');
      });
      await expect(killed.makeDue()).rejects.toThrow('Killed');
      expect(await t.made()).toMatchObject([{ state: 'draft' }]);
      expect(await t.told()).toEqual([]);
      const other = await t.replica();
      await Promise.all([t.templates.makeDue(), other.makeDue()]);
      const [first, ...rest] = await t.made();
      expect(rest).toEqual([]);
      expect(first).toMatchObject({
        title: 'Team 2999-10',
        state: 'in-progress',
        owner: OWNER,
        reviewer: LENA,
        dueAt: '2999-12-20T23:59:59.999Z',
        overdueRule: 'defer',
        template: { id: 'team', period: '2999-10' },
      });
      expect(first.notStarted).toBeUndefined();
      expect((await t.templates.list())[0]).toMatchObject({
        last: { period: '2999-10', reviewId: first.id },
        next: { period: '3000-01', at: '3000-01-01T00:00:00.000Z' },
      });

      // In the next period two replicas are at it from the beginning.
      t.clock.now = new Date('3000-01-02T00:00:00.000Z');
      await Promise.all([t.templates.makeDue(), other.makeDue()]);
      expect((await t.made()).map(({ title }) => title)).toEqual([
        'Team 2999-10',
        'Team 3000-01',
      ]);
      await t.templates.makeDue();
      expect(await t.made()).toHaveLength(2);
    });

    it('tells the owner of each once, and again when nobody could be told', async () => {
      const t = await open(await databases.init(engine));
      await t.templates.set(templateOf({ makes: 'draft' }), BOSS);
      await t.templates.makeDue();
      expect(await t.made()).toMatchObject([{ state: 'draft' }]);
      t.send.mockRejectedValueOnce(new Error('No service'));
      await (await t.notices()).send();
      t.send.mockClear();
      const both = [await t.notices(), await t.notices()];
      await Promise.all(both.map(one => one.send()));
      expect(t.send).toHaveBeenCalledTimes(1);
      expect(t.send.mock.calls[0][0]).toMatchObject({
        recipients: { entityRef: OWNER },
        payload: {
          title: 'Review of access: Team 2999-10',
          description:
            'It is a draft that you can start. It is due on 2999-12-20.',
        },
      });
      expect(await t.told()).toEqual([]);
    });

    it('leaves a draft that says why it could not be started', async () => {
      const t = await open(await databases.init(engine));
      await t.read({
        dataset: 'memberships',
        key: 'g1',
        rows: [member('g1', 'ana')],
        outcome: 'partial',
      });
      await t.templates.set(templateOf(), BOSS);
      await t.templates.makeDue();
      const [draft] = await t.made();
      expect(draft).toMatchObject({
        state: 'draft',
        notStarted: {
          code: 'incomplete',
          text: expect.stringContaining('memberships of g1'),
        },
      });
      expect((await t.templates.list())[0].last).toMatchObject({
        notStarted: { code: 'incomplete' },
      });
      expect(await t.told()).toEqual([
        expect.stringContaining('could not be started: 1 of what is in scope'),
      ]);
      const entries = await t
        .knex('ledger_entries')
        .where({ subject: draft.id });
      expect(entries.map(({ kind, actor }) => [kind, actor])).toEqual([
        ['review.created', 'system'],
        ['review.not-started', 'system'],
      ]);
      // Its owner starts it later, and it says that no longer.
      await t.members('ana', 'ben');
      const begun = await t.reviews.begin(draft.id, OWNER);
      expect(begun.notStarted).toBeUndefined();

      t.clock.now = new Date('3000-01-02T00:00:00.000Z');
      t.connections.pop();
      await t.templates.makeDue();
      expect((await t.made())[1]).toMatchObject({
        state: 'draft',
        notStarted: { code: 'connection-gone' },
      });
    });

    it('follows a critical system, and says when that is gone', async () => {
      const t = await open(await databases.init(engine));
      const system = {
        resource: { ref: 'site:acme' },
        review: { dueAt: '2999-12-31T12:00:00.000Z' },
      };
      t.systems.push(system);
      const scope = { connection: 'acme', system: 'site:acme' };
      await t.read({ dataset: 'spaces', rows: [] });
      await t.templates.set(templateOf({ scope, cadence: 'system' }), BOSS);
      await t.templates.makeDue();
      expect(await t.made()).toEqual([]);
      expect((await t.templates.list())[0].next).toEqual({
        period: '2999-12-31',
        at: '2999-12-01T12:00:00.000Z',
      });
      t.clock.now = new Date('2999-12-02T00:00:00.000Z');
      await t.templates.makeDue();
      const [first] = await t.made();
      expect(first).toMatchObject({
        state: 'in-progress',
        template: { period: '2999-12-31' },
        dueAt: '3000-01-01T23:59:59.999Z',
      });
      // Another cadence makes no second one while the first is open.
      system.review.dueAt = '2999-12-15T00:00:00.000Z';
      await t.templates.makeDue();
      expect(await t.made()).toHaveLength(1);
      await t.reviews.cancel(first.id, OWNER, 'The system is gone');
      t.systems.pop();
      await t.templates.makeDue();
      expect((await t.made())[1]).toMatchObject({
        state: 'draft',
        notStarted: {
          code: 'incomplete',
          text: expect.stringContaining('no-critical-system'),
        },
      });
      const gone = templateOf({ scope, cadence: 'system' });
      await expect(t.templates.set(gone, BOSS)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('scope.system'),
      });
    });

    it('lets the configuration win, and keeps what people wrote out of the ledger', async () => {
      const knex = await databases.init(engine);
      const before = await open(knex);
      await before.templates.set(templateOf({ title: 'Secret title' }), BOSS);
      const entries = await knex('ledger_entries').where({ subject: 'team' });
      expect(entries.map(({ kind }) => kind)).toEqual(['review-template.set']);
      expect(JSON.stringify(entries)).not.toContain('Secret');
      const t = await Templates.create({
        config: { reviews: { templates: [templateOf({ title: 'Set' })] } },
        database: mockServices.database({ knex }),
        history: before.history,
        reviews: before.reviews,
        systems: { list: async () => [] },
        connections: () => ['acme'],
        scheduler: mockServices.scheduler.mock(),
        logger: mockServices.logger.mock(),
      });
      expect(await t.list()).toMatchObject([
        { id: 'team', title: 'Set', origin: 'config', alsoInPortal: true },
      ]);
      await expect(t.set(templateOf(), BOSS)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('confluenceCompliance.reviews'),
      });
      await t.delete('team', BOSS);
      expect((await t.list())[0].alsoInPortal).toBeUndefined();
      await expect(t.delete('team', BOSS)).rejects.toMatchObject({
        name: 'ConflictError',
      });
      await expect(t.delete('other', BOSS)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    });
  });
});
