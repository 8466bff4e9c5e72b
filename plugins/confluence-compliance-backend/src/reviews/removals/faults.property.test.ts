// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  type ConfluenceWriter,
  UpstreamError,
} from '@confluence-compliance/atlassian-client';
import fc from 'fast-check';
import { account, createTestReviews, grant, tick } from '../__testUtils__';
import { Removals, type RemovalsOptions } from './Removals';

jest.setTimeout(600_000);

const BOSS = 'user:default/boss';
const NAMES = ['ana', 'ben', 'cleo'];
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** What goes wrong with a removal: at its request, or in the process that sends it. */
const faults = [
  'none',
  'refused',
  'lost-before',
  'lost-after',
  'unread',
  'killed-claiming',
  'killed-claimed',
  'killed-answering',
] as const;
type Fault = (typeof faults)[number];

const steps = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.constant({ step: 'read' as const }) },
    {
      weight: 3,
      arbitrary: fc.record({
        step: fc.constant('remove' as const),
        of: fc.subarray(NAMES, { minLength: 1 }),
        fault: fc.constantFrom<Fault>(...faults),
        /** The request that it strikes. */
        nth: fc.integer({ min: 1, max: 3 }),
      }),
    },
  ),
  { minLength: 1, maxLength: 10 },
);

class Killed extends Error {}

describe.each(databases.eachSupportedId())('on %p', engine => {
  it('whatever fails, nothing is removed twice or without an entry', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async some => {
        const knex = await databases.init(engine);
        const t = await createTestReviews(knex);
        const here = new Set(NAMES);
        /** Those of whom another request may be sent: never tried, refused, or seen by a read since. */
        const mayBeSent = new Set(NAMES);
        /** What must never be; an error here would be taken for one of the site. */
        const wrong: string[] = [];
        let strike: { fault: Fault; in: number } = { fault: 'none', in: 0 };
        const strikes = (...those: Fault[]) =>
          strike.in === 0 && those.includes(strike.fault);

        const entries = async (kind: string) =>
          knex('ledger_entries').where({ kind: `review.removal-${kind}` });
        const claimsOf = async (name: string) =>
          (await entries('claimed')).filter(
            ({ payload }) => JSON.parse(payload).account === name,
          ).length;
        const remove = async (name: string) => {
          strike.in -= 1;
          if (strikes('killed-claimed')) {
            throw new Killed();
          }
          // It is claimed, and in the ledger, and was not answered yet.
          const claims = await entries('claimed');
          const answers = await entries('answered');
          const open = claims.filter(({ payload }) => {
            const { claim, account: id } = JSON.parse(payload);
            return (
              id === name &&
              !answers.some(one => JSON.parse(one.payload).claim === claim)
            );
          });
          if (open.length === 0) {
            wrong.push(`${name} was sent without an entry`);
          }
          if (!mayBeSent.delete(name)) {
            wrong.push(`${name} was sent twice`);
          }
          if (strikes('refused')) {
            mayBeSent.add(name);
            throw new UpstreamError('client', { endpoint: 'DELETE' });
          }
          if (!strikes('lost-before')) {
            here.delete(name);
          }
          if (strikes('lost-before', 'lost-after')) {
            throw new UpstreamError('network', { endpoint: 'DELETE' });
          }
        };
        const operations = ['read', 'create'];
        let looks = 0;
        const writer: Partial<ConfluenceWriter> = {
          currentUser: async () => ({ accountId: 'bot' }),
          spaceRoleMode: async () => 'PRE_ROLES',
          space: async id => ({
            id,
            key: 'S',
            name: 'S',
            type: 'global',
            status: 'current',
          }),
          spacePermissions: async () => {
            looks += 1;
            if (strike.fault === 'unread' && looks > strike.in) {
              throw new UpstreamError('server', { endpoint: 'GET' });
            }
            return {
              items: [...here].flatMap(id =>
                operations.map((key, i) => ({
                  id: `${NAMES.indexOf(id)}${i}`,
                  principal: { type: 'user', id },
                  operation: { key, targetType: 'space' },
                })),
              ),
              malformed: [],
            };
          },
          removeSpacePermission: async (_, id) => {
            await remove(NAMES[Number(id[0])]);
          },
          close: async () => {},
        };
        const { ledger } = t.history;
        const append = ledger.append.bind(ledger);
        ledger.append = async (tx, entry) => {
          const head = await append(tx, entry);
          const claiming = entry.kind === 'review.removal-claimed';
          if (
            (claiming &&
              strike.in === 1 &&
              strike.fault === 'killed-claiming') ||
            (entry.kind === 'review.removal-answered' &&
              strikes('killed-answering', 'killed-claimed'))
          ) {
            throw new Killed();
          }
          return head;
        };
        const read = async () => {
          await tick();
          await t.read({
            dataset: 'grants',
            key: 's1',
            rows: [...here].flatMap(id =>
              operations.map(key => grant('s1', ['account', id], key)),
            ),
          });
          await tick();
          await t.again('accounts', 'site');
          await tick();
          here.forEach(name => mayBeSent.add(name));
        };
        await t.read({
          dataset: 'accounts',
          rows: NAMES.map(id => account(id)),
        });
        await read();
        const review = await t.started({ space: 's1' });
        const items = new Map<string, string>();
        for (const name of NAMES) {
          await t.decide(review, name, 'revoke');
          items.set(name, (await t.itemOf(review, name)).id);
        }
        const replica = async () =>
          Removals.create({
            config: {
              reviews: {
                templates: [],
                removal: {
                  enabled: true,
                  credentials: [
                    {
                      connection: 'acme',
                      method: 'api-token',
                      email: 'removals@example.com',
                      token: 'secret',
                    },
                  ],
                },
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
            createWriter: () => writer as ConfluenceWriter,
          });
        for (const one of some) {
          if (one.step === 'read') {
            await read();
            continue;
          }
          const removals = await replica();
          strike = { fault: 'none', in: 0 };
          const can: string[] = [];
          for (const name of one.of) {
            const id = items.get(name) ?? '';
            const { confirm } = await removals.preview(review, BOSS, [id]);
            if (confirm) {
              can.push(id);
            }
            // Nothing is offered that may not be sent; what may be is, as long as it is there.
            expect([name, confirm !== undefined]).toEqual([
              name,
              mayBeSent.has(name) && here.has(name),
            ]);
          }
          if (can.length === 0) {
            continue;
          }
          const { confirm = '' } = await removals.preview(review, BOSS, can);
          looks = 0;
          strike = { fault: one.fault, in: one.nth };
          const before = new Map<string, number>();
          for (const name of NAMES) {
            before.set(name, await claimsOf(name));
          }
          const asked = { items: can, confirm };
          const others = one.fault === 'none' ? [await replica()] : [];
          await Promise.allSettled(
            [removals, ...others].map(each =>
              each.execute(review, BOSS, asked),
            ),
          );
          expect(wrong).toEqual([]);
          const { items: now } = await t.reviews.remediations(review, {
            limit: 50,
          });
          for (const { item, removal } of now) {
            const { id: name } = item.principal;
            const claims = await claimsOf(name);
            expect([name, removal !== undefined]).toEqual([name, claims > 0]);
            // A claim without a known answer waits for a read, too.
            if (
              removal?.outcome === 'unknown' &&
              claims > (before.get(name) ?? 0)
            ) {
              mayBeSent.delete(name);
            }
          }
        }
        await read();
        const proofs = await t.proofs(review);
        for (const name of NAMES) {
          expect([name, proofs[name]]).toEqual([
            name,
            here.has(name) ? 'still-present' : 'removed',
          ]);
        }
        await knex.destroy().catch(() => {});
      }),
      // Each run has a database of its own, and shrinking would take too many.
      { numRuns: engine === 'SQLITE_3' ? 15 : 6, endOnFailure: true },
    );
  });
});
