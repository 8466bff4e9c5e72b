// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { CheckResult } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { account, acme, check, createTestChecks } from './__testUtils__';

jest.setTimeout(60_000);

describe('the checks of one pass', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  /** Two checks that pass every account; `between` happens while the first one runs. */
  async function start(id: string) {
    const on = { between: async () => {} };
    const passAll = (name: string) =>
      check(name, async function* evaluate({ data, connections }) {
        const found: CheckResult[] = [];
        for (const connection of connections) {
          for await (const rows of data.accounts(connection)) {
            found.push(
              ...rows.map(({ key }) => ({
                connection,
                subjectId: `${name} ${key}`,
                verdict: 'pass' as const,
                reason: 'some',
                facts: {},
              })),
            );
          }
        }
        const { between } = on;
        on.between = async () => {};
        await between();
        yield* found;
      });
    const knex = await databases.init(id as 'SQLITE_3');
    const t = await createTestChecks(knex, passAll('a.one'), passAll('a.two'));
    await t.company();
    return { t, on };
  }

  it.each(databases.eachSupportedId())('read a table once, %p', async id => {
    const { t } = await start(id);
    const rows = jest.spyOn(t.history, 'payloads');
    await t.runAll();
    const whole = rows.mock.calls.filter(([dataset]) => dataset === 'accounts');
    expect(whole).toHaveLength(1);
    expect(await t.results('a.two')).toMatchObject({
      'a.two a-ana': 'pass some',
    });
    await t.runAll();
    expect(
      rows.mock.calls.filter(([dataset]) => dataset === 'accounts'),
    ).toHaveLength(2);
  });

  it.each(databases.eachSupportedId())(
    'see what was published while another one ran, %p',
    async id => {
      const { t, on } = await start(id);
      await t.runAll();
      on.between = () =>
        t.read(acme('accounts'), [
          account('a-ana'),
          account('a-ben'),
          account('a-nobody'),
          account('a-new'),
        ]);
      await t.runAll();
      const two = await t.results('a.two');
      expect(two).toMatchObject({ 'a.two a-new': 'pass some' });
      // A read that fails changes no row, and asks for every check.
      on.between = async () => {
        await t.read(acme('accounts'), [], 'failed');
        t.clock.now = new Date(t.clock.now.getTime() + 1_000);
        await t.checks.afterPublish();
      };
      await t.runAll();
      expect(await t.results('a.two')).toMatchObject({
        'a.two a-ana': 'unknown accounts-failed',
      });
    },
  );
});
