// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import type { ExceptionRow } from '../history';
import { ExceptionNotices } from './ExceptionNotices';

const row = (id: string) =>
  ({
    id,
    check_id: 'acme.check',
    until: '2026-03-20T00:00:00.000Z',
    requested_by: 'user:default/ana',
    decided_by: 'user:default/ben',
  } as ExceptionRow);

function start(rows: ExceptionRow[]) {
  const event = { success: jest.fn(), fail: jest.fn() };
  const auditor = { createEvent: jest.fn(async (_: object) => event) };
  const logger = mockServices.logger.mock();
  const send = jest.fn(async () => {});
  const takeBack = jest.fn(async () => {});
  const notices = new ExceptionNotices({
    history: { exceptions: { tellOnce: async () => rows, takeBack } },
    notifications: { send },
    scheduler: mockServices.scheduler.mock(),
    logger,
    auditor,
  });
  return { auditor, event, logger, notices, send, takeBack };
}

describe('the audit of notices', () => {
  it('is one event for a batch, of how many and about what, not to whom', async () => {
    const t = start([row('e1'), row('e2'), row('e3')]);
    t.send.mockRejectedValueOnce(new Error('down'));
    await t.notices.send();
    expect(t.auditor.createEvent.mock.calls).toEqual([
      [
        {
          eventId: 'notices-sent',
          severityLevel: 'low',
          meta: {
            kind: 'tell-expiring-exceptions',
            sent: 2,
            failed: 1,
            about: ['e2', 'e3'],
          },
        },
      ],
    ]);
    expect(t.event.success).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(t.auditor.createEvent.mock.calls)).not.toMatch(
      /ana|ben/,
    );
  });

  it('says that nobody could be told, and nothing where nothing was due', async () => {
    const none = start([]);
    await none.notices.send();
    expect(none.auditor.createEvent).not.toHaveBeenCalled();
    const t = start([row('e1')]);
    t.send.mockRejectedValue(new Error('down'));
    await t.notices.send();
    expect(t.event.fail).toHaveBeenCalledTimes(1);
    expect(t.takeBack).toHaveBeenCalledWith('e1');
  });

  it('fails nothing that was sent', async () => {
    const t = start([row('e1')]);
    t.auditor.createEvent.mockRejectedValue(new Error('no auditor'));
    await t.notices.send();
    expect(t.send).toHaveBeenCalledTimes(1);
    expect(t.takeBack).not.toHaveBeenCalled();
    expect(t.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no auditor'),
    );
  });
});
