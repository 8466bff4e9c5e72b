// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ExceptionNotices } from './ExceptionNotices';
import { History } from '../history';

jest.setTimeout(60_000);

const DAY = 86_400_000;

describe('ExceptionNotices', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'tells requester and approver once, and again after a failure, %p',
    async id => {
      const knex = await databases.init(id);
      const database = mockServices.database({ knex });
      const history = await History.create({ database });
      const now = new Date();
      const inDays = (days: number) =>
        new Date(now.getTime() + days * DAY).toISOString();
      const approved = async (key: string, until: string) => {
        const [one] = await history.exceptions.request({
          findings: [
            {
              connection: 'acme',
              result_key: key,
              check_id: 'a.check',
              subject_kind: 'space',
              subject_id: key,
              account_id: null,
              verdict: 'fail',
            },
          ],
          actor: 'user:default/asker',
          reason: 'A reason that nobody is told of',
          control: 'None',
          until,
          now: now.toISOString(),
        });
        await history.exceptions.approve({
          id: one,
          actor: 'user:default/decider',
          now: now.toISOString(),
        });
        return one;
      };
      await approved('later', inDays(60));
      const soon = await approved('soon', inDays(10));
      const send = jest.fn();
      const logger = mockServices.logger.mock();
      const notices = new ExceptionNotices({
        history,
        notifications: { send },
        scheduler: mockServices.scheduler.mock(),
        logger,
        now: () => now,
      });
      send.mockRejectedValueOnce(new Error('out of order'));
      await notices.send();
      expect(logger.warn).toHaveBeenCalledTimes(1);
      await notices.send();
      await notices.send();
      expect(send).toHaveBeenCalledTimes(2);
      expect(send).toHaveBeenLastCalledWith({
        recipients: {
          type: 'entity',
          entityRef: ['user:default/asker', 'user:default/decider'],
        },
        payload: expect.objectContaining({
          scope: `confluence-compliance:exception:${soon}`,
          description: expect.stringContaining('a.check'),
        }),
      });
      expect(JSON.stringify(send.mock.calls)).not.toContain('A reason');
    },
  );
});
