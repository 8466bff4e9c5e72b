// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { saltedHash } from '../ledger';
import { createTestReviews, LENA, OWNER } from './__testUtils__';
import { sealOf } from './signOff';

jest.setTimeout(120_000);

const TABLES = [
  'reviews',
  'review_items',
  'review_events',
  'review_delegations',
  'review_changes',
  'ledger_entries',
];
const NAMED = 'Name of ben moved on';
const OTHER = 'Still in the team';

const everything = async (knex: Knex) =>
  JSON.stringify(await Promise.all(TABLES.map(table => knex(table))));

async function text(lines: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const line of lines) {
    all += line;
  }
  return all;
}

describe('reasons of reviews', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();

  /** A review of three that was signed off; the reasons on ana and cleo name ben, or do not. */
  async function start(id: Parameters<typeof databases.init>[0]) {
    const knex = await databases.init(id);
    const t = await createTestReviews(knex);
    await t.team('ana', 'ben', 'cleo');
    const reviewId = await t.started();
    const keep = async (principal: string, reason: string) => {
      const item = await t.itemOf(reviewId, principal);
      await t.reviews.decide(reviewId, LENA, {
        items: [{ id: item.id, version: item.version }],
        decision: 'keep',
        reason,
      });
    };
    await keep('ana', NAMED);
    await keep('ben', 'One of us');
    await keep('cleo', OTHER);
    await t.reviews.delegations.add(LENA, {
      to: 'user:default/mia',
      endsAt: new Date(Date.now() + 60_000).toISOString(),
      reason: NAMED,
    });
    const cancelled = await t.started();
    await t.reviews.cancel(cancelled, OWNER, NAMED);
    await t.reviews.signOff(reviewId, OWNER);
    const seal = (await t.reviews.get(reviewId)).seal;
    const reasons = async () =>
      Object.fromEntries(
        (await t.itemsOf(reviewId)).map(({ principal, decision }) => [
          principal.id,
          decision?.reason,
        ]),
      );
    return { ...t, knex, reviewId, cancelled, seal, reasons };
  }

  it.each(ids)('stand salted in the ledger, and in the seal, %p', async id => {
    const { knex, reviewId, seal } = await start(id);
    expect(await sealOf(knex, reviewId)).toBe(seal);
    const [{ payload }] = await knex('ledger_entries')
      .where({ kind: 'review.decided' })
      .orderBy('seq')
      .limit(1);
    const [item] = JSON.parse(payload).items;
    const row = await knex('review_items').where({ id: item.id }).first();
    expect(item.reasonHash).toBe(saltedHash(row.reason_salt, NAMED));
    expect(row.reason_hash).toBe(item.reasonHash);
    const event = await knex('review_events')
      .where({ item_id: item.id })
      .first();
    expect(event).toMatchObject({ reason_salt: row.reason_salt });
    await knex('review_items')
      .where({ id: item.id })
      .update({ reason_hash: saltedHash(row.reason_salt, OTHER) });
    expect(await sealOf(knex, reviewId)).not.toBe(seal);
  });

  it.each(ids)('lose whoever is erased, and stay sealed, %p', async id => {
    const t = await start(id);
    const { knex, reviewId, seal } = t;
    const salted = await knex('review_items').whereNotNull('reason_salt');
    await t.history.retention.eraseAccount({
      connection: 'acme',
      accountId: 'ben',
      actor: 'user:default/officer',
      reason: 'Asked for',
    });
    expect(await t.reasons()).toEqual({
      ana: '[erased]',
      ben: '[erased]',
      cleo: OTHER,
    });
    const { id: ana } = await t.itemOf(reviewId, 'ana');
    expect(await t.reviews.itemHistory(reviewId, ana)).toMatchObject({
      items: [{ kind: 'keep', reason: '[erased]' }],
    });
    expect(
      (await t.reviews.delegations.list(LENA, { limit: 50 })).items,
    ).toMatchObject([{ reason: '[erased]' }]);
    expect(await knex('reviews').where({ id: t.cancelled })).toMatchObject([
      { end_reason: '[erased]' },
    ]);
    const csv = await text(await t.reviews.csv(reviewId, OWNER));
    expect(csv).toContain('"[erased]"');
    const all = await everything(knex);
    expect(all).not.toContain('Name of ben');
    expect(all).not.toContain('One of us');
    const gone = salted.filter(({ reason }) => reason !== OTHER);
    expect(gone).toHaveLength(2);
    gone.forEach(({ reason_salt: salt }) => expect(all).not.toContain(salt));
    expect((await t.reviews.get(reviewId)).seal).toBe(seal);
    expect(await sealOf(knex, reviewId)).toBe(seal);
  });

  it.each(ids)('go with time, and stay sealed, %p', async id => {
    const t = await start(id);
    const before = (day: number) =>
      t.history.retention.eraseEvidence({
        before: new Date(Date.now() + day * 86_400_000).toISOString(),
      });
    await before(-1);
    expect(await t.reasons()).toMatchObject({ ana: NAMED, cleo: OTHER });
    await before(1);
    await before(1);
    expect(new Set(Object.values(await t.reasons()))).toEqual(
      new Set(['[erased]']),
    );
    const all = await everything(t.knex);
    expect(all).not.toContain(NAMED);
    expect(all).not.toContain(OTHER);
    expect(await sealOf(t.knex, t.reviewId)).toBe(t.seal);
  });
});
