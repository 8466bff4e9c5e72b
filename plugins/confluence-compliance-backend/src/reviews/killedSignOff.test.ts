// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Script, settingsOf } from '../__testUtils__/forkScript';
import { createTestReviews, OWNER } from './__testUtils__';
import type {
  KilledSignOff,
  SaidOfSignOff,
} from './__testUtils__/killedSignOff';

jest.setTimeout(2 * 60_000);

// A process that is killed has to leave its lock to somebody: one file of SQLite has no replicas.
const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const ids = databases.eachSupportedId().map(([id]) => id);

describe('A process that is killed while it signs a review off', () => {
  if (ids.length === 0) {
    it.todo('IS NOT TESTED: THERE IS NO POSTGRESQL');
    return;
  }

  /** A review that can be signed off, and what a process has left of it that was killed. */
  const killed = async (at: KilledSignOff['at']) => {
    const knex = await databases.init(ids[0]);
    const t = await createTestReviews(knex);
    await t.team('ana', 'ben');
    const id = await t.started();
    await t.decide(id, 'ana', 'revoke');
    await t.decide(id, 'ben', 'keep');
    await new Promise(resolve => setTimeout(resolve, 5));
    await t.members('ben');
    const argument: KilledSignOff = {
      database: settingsOf(knex),
      review: id,
      actor: OWNER,
      at,
    };
    const script = new Script<SaidOfSignOff>(
      'reviews/__testUtils__/killedSignOff.ts',
      argument,
    );
    expect({
      ended: await script.ended,
      said: script.messages,
      output: script.output,
    }).toEqual({ ended: 'SIGKILL', said: [{ at }], output: '' });
    const sealed = () =>
      knex('review_items').where({ review_id: id }).whereNotNull('sealed');
    const entries = () =>
      knex('ledger_entries').where({
        subject: id,
        kind: 'review.signed-off',
      });
    /** The next start. */
    const reviews = await t.create();
    return { id, reviews, sealed, entries };
  };

  it('has sealed nothing before it is saved, and it is signed off later', async () => {
    const { id, reviews, sealed, entries } = await killed('before');
    const open = await reviews.get(id);
    expect(open).toMatchObject({ state: 'remediation' });
    expect(open.seal).toBeUndefined();
    expect(await sealed()).toEqual([]);
    expect(await entries()).toEqual([]);

    const { seal } = await reviews.signOff(id, OWNER);
    expect(seal).toMatch(/^[0-9a-f]{64}$/);
    expect(await sealed()).toHaveLength(1);
    expect(await entries()).toHaveLength(1);
  });

  it('has sealed it whole once it is saved, and nothing is signed off twice', async () => {
    const { id, reviews, sealed, entries } = await killed('after');
    expect(await reviews.get(id)).toMatchObject({
      state: 'completed',
      seal: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await sealed()).toHaveLength(1);
    expect(await entries()).toHaveLength(1);
    await expect(reviews.signOff(id, OWNER)).rejects.toMatchObject({
      name: 'ConflictError',
    });
    expect(await entries()).toHaveLength(1);
  });
});
