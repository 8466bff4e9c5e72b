// SPDX-License-Identifier: Apache-2.0
import type { MetricsServiceObservableCallback } from '@backstage/backend-plugin-api/alpha';
import { TestDatabases } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { check, createTestChecks, OFFBOARDED } from './checks/__testUtils__';
import { observeExcepted } from './metrics';

jest.setTimeout(60_000);

const WARNS = 'my.warns';
const DAY = 86_400_000;

describe('the metric of what is excepted', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is of every check at the moment, without a run, %p',
    async id => {
      const t = await createTestChecks(
        await databases.init(id),
        check(WARNS, async function* evaluate() {
          for (const subjectId of ['a-ana', 'a-ben', 'a-nobody']) {
            yield {
              connection: 'acme',
              subjectId,
              verdict: 'warning' as const,
              reason: 'said',
              facts: {},
            };
          }
        }),
      );
      t.clock.now = new Date();
      await t.company();
      await t.runAll();
      const gauges = new Map<string, MetricsServiceObservableCallback>();
      observeExcepted({
        metrics: metricsServiceMock.mock({
          createObservableGauge: name => ({
            addCallback: tell => gauges.set(name, tell),
            removeCallback: () => {},
          }),
        }),
        checks: t.checks,
      });
      const measure = async () => {
        const observe = jest.fn();
        await gauges.get('backstage.confluence-compliance.checks.excepted')!({
          observe,
        });
        return Object.fromEntries(
          observe.mock.calls.map(([n, of]) => [`${of.check} ${of.verdict}`, n]),
        );
      };
      const none = {
        [`${OFFBOARDED} fail`]: 0,
        [`${OFFBOARDED} warning`]: 0,
        [`${WARNS} fail`]: 0,
        [`${WARNS} warning`]: 0,
      };
      expect(await measure()).toEqual(none);

      const except = async (findings: string[], days: number) => {
        const asked = await t.checks.exceptions.request('user:default/asker', {
          findings,
          reason: 'Goes at the end of the month',
          control: 'It is watched daily',
          until: new Date(t.clock.now.getTime() + days * DAY).toISOString(),
        });
        for (const one of asked) {
          await t.checks.exceptions.approve({
            id: one,
            actor: 'user:default/decider',
          });
        }
      };
      const [left] = (await t.findings({ verdict: 'fail' })).items;
      const warned = (await t.findings({ check: WARNS })).items;
      const two = warned.slice(0, 2).map(finding => finding.id);
      await except([left.id], 5);
      await except(two, 10);
      // A second one of the same finding counts nothing twice.
      await except(two.slice(0, 1), 20);
      expect(await measure()).toEqual({
        ...none,
        [`${OFFBOARDED} fail`]: 1,
        [`${WARNS} warning`]: 2,
      });
      t.clock.now = new Date(t.clock.now.getTime() + 6 * DAY);
      expect(await measure()).toEqual({ ...none, [`${WARNS} warning`]: 2 });
      // Nothing of a connection that is not there any more.
      t.connections.length = 0;
      expect(await measure()).toEqual(none);
    },
  );
});
