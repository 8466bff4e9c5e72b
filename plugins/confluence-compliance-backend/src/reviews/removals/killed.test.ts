// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Script, settingsOf } from '../../__testUtils__/forkScript';
import type {
  KilledRemoval,
  SaidOfRemoval,
} from './__testUtils__/killedRemoval';
import {
  BOSS,
  createSandboxReviews,
  removalConfig,
  type SandboxReviews,
} from './__testUtils__/sandboxReviews';

jest.setTimeout(3 * 60_000);

// A process that is killed has to leave its lock to somebody: one file of SQLite has no replicas.
const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const ids = databases.eachSupportedId().map(([id]) => id);
const unknown = { outcome: 'unknown', code: 'outcome-unknown' } as const;
const DELETE = 'DELETE /wiki/rest/api/space/{spaceKey}/permission/{id}';

describe('A process that is killed while it removes what a space grants', () => {
  if (ids.length === 0) {
    it.todo('IS NOT TESTED: THERE IS NO POSTGRESQL');
    return;
  }
  let t: SandboxReviews | undefined;
  afterEach(() => t?.close());

  it.each([
    { at: 'claiming', sent: 0, kinds: [], outcome: undefined, code: undefined },
    { at: 'claimed', sent: 0, kinds: ['claimed'], ...unknown },
    { at: 'sent', sent: 1, kinds: ['claimed'], ...unknown },
    { at: 'answering', sent: 1, kinds: ['claimed'], ...unknown },
    {
      at: 'answered',
      sent: 1,
      kinds: ['claimed', 'answered'],
      outcome: 'sent',
      code: 'already-sent',
    },
  ] as const)(
    'goes on, or says what is known of it: $at',
    async ({ at, sent, kinds, outcome, code }) => {
      t = await createSandboxReviews(await databases.init(ids[0]));
      const { sandbox, removals, review } = t;
      const ulrich = await t.revoked('ulrich.bonney');
      const argument: KilledRemoval = {
        database: settingsOf(t.knex),
        config: removalConfig(sandbox, {
          method: 'api-token',
          ...sandbox.credentials.apiToken,
        }),
        review,
        actor: BOSS,
        items: [ulrich],
        at,
      };
      const script = new Script<SaidOfRemoval>(
        'reviews/removals/__testUtils__/killedRemoval.ts',
        argument,
      );
      expect({
        ended: await script.ended,
        said: script.messages,
        output: script.output,
      }).toEqual({ ended: 'SIGKILL', said: [{ at }], output: '' });
      const kindsNow = async () =>
        (await t?.entries())?.map(({ kind }) =>
          kind.replace('review.removal-', ''),
        );
      expect(sandbox.requests.of(DELETE)).toBe(sent);
      expect(await kindsNow()).toEqual(kinds);
      const { items } = await t.reviews.remediations(review, { limit: 10 });
      expect(items[0].removal?.outcome).toBe(outcome);

      // The next start sends nothing by itself, and nobody can ask for it before a whole read.
      expect(await t.codeOf(ulrich)).toBe(code);
      if (code) {
        await t.sync();
      }
      if (sent === 0) {
        await removals.execute(review, BOSS, await t.confirmOf(ulrich));
        await t.sync();
      }
      expect(sandbox.requests.of(DELETE)).toBe(1);
      expect(Object.values(await t.proofs(review))).toEqual(['removed']);
      expect(await t.codeOf(ulrich)).toBe('not-standing');
      expect((await kindsNow())?.[0]).toBe('claimed');
    },
  );
});
