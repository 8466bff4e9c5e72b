// SPDX-License-Identifier: Apache-2.0
import { FakeConfluenceComplianceService } from '@confluence-compliance/backstage-plugin-confluence-compliance-node/testUtils';
import fc from 'fast-check';
import { createFollower, FakeCatalog } from './__testUtils__/follower';
import {
  account,
  group,
  memberOf,
  page,
  site,
  space,
} from './__testUtils__/subjects';

jest.setTimeout(60_000);

const id = fc.constantFrom('1', '2', '3');

const subject = fc.oneof(
  fc.constant(site()),
  fc
    .record({
      id,
      title: fc.constantFrom('staff', 'secret'),
    })
    .map(({ id: groupId, title }) => group(groupId, { title })),
  fc
    .record({
      id,
      class: fc.constantFrom('person' as const, 'app' as const),
      accountStatus: fc.constantFrom('active', 'inactive', 'closed'),
      groups: fc.subarray(['1', '2', '3']),
    })
    .map(({ id: accountId, groups, ...state }) =>
      account(accountId, { ...state, groups: memberOf(...groups) }),
    ),
  fc
    .record({ id, type: fc.constantFrom('global', 'personal') })
    .map(({ id: key, type }) => space(key, { type })),
  fc
    .record({
      id,
      restriction: fc.constantFrom('open' as const, 'own' as const),
      labels: fc.subarray(['policy', 'other']),
    })
    .map(({ id: pageId, ...state }) => page(pageId, state)),
);

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ act: fc.constant('put' as const), subject }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('remove' as const), subject }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constantFrom(
        'run',
        'fail',
        'restart',
        'other options',
        'prune',
        'reconcile',
      ),
    }),
  },
);

describe.each([{}, { groups: { exclude: ['secret'] } }])(
  'a catalog with the options %j',
  options => {
    it('ends equal to one made at once, whatever happens on the way', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 30 }), async acts => {
          const feed = new FakeConfluenceComplianceService();
          const catalog = new FakeCatalog();
          let fingerprint = 0;
          const create = () =>
            createFollower(feed, catalog, {
              ...options,
              fingerprint: String(fingerprint),
            });
          let { run, follower } = create();
          const there = new Set<string>();

          for (const step of acts) {
            if ('subject' in step) {
              const { kind, connection, id: subjectId } = step.subject;
              const key = `${kind}/${subjectId}`;
              if (step.act === 'put') {
                feed.put(step.subject);
                there.add(key);
              } else if (there.has(key)) {
                feed.remove(kind, connection, subjectId);
              }
            } else if (step.act === 'run') {
              // A pass whose own position was pruned fails once.
              await run().catch(() => {});
            } else if (step.act === 'fail') {
              catalog.failNext();
              await run().catch(() => {});
              catalog.recover();
            } else if (step.act === 'prune') {
              feed.prune();
            } else if (step.act === 'reconcile') {
              await follower.requestPass(new AbortController().signal);
            } else {
              fingerprint += step.act === 'restart' ? 0 : 1;
              ({ run, follower } = create());
            }
          }
          await run().catch(() => {});
          await run();

          const fresh = new FakeCatalog();
          await createFollower(feed, fresh, options).run();
          const sorted = ({ entities }: FakeCatalog) =>
            [...entities].sort(([a], [b]) => a.localeCompare(b));
          expect(sorted(catalog)).toEqual(sorted(fresh));
          for (const { added, removed } of catalog.mutations) {
            expect(added.filter(ref => removed.includes(ref))).toEqual([]);
          }
        }),
        { numRuns: 200 },
      );
    });
  },
);
