// SPDX-License-Identifier: Apache-2.0
import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';

/** An audit event and how it ended. */
export interface AuditedEvent {
  id: string;
  outcome: string;
  severity?: string;
}

/** Everything that was said to the log, by all loggers of a backend. */
export function collectLogs(lines: string[]): LoggerService {
  const write = (...parts: unknown[]) => {
    lines.push(
      parts
        .map(part =>
          part instanceof Error
            ? `${part.stack} ${JSON.stringify(part)}`
            : JSON.stringify(part),
        )
        .join(' '),
    );
  };
  const logger: LoggerService = {
    error: write,
    warn: write,
    info: write,
    debug: write,
    child: meta => {
      write(meta);
      return logger;
    },
  };
  return logger;
}

/** Audit events, and everything that they were given. */
export function collectEvents(
  events: AuditedEvent[],
  audited: string[],
): AuditorService {
  return {
    createEvent: async ({
      eventId: id,
      severityLevel: severity,
      request: { method, originalUrl } = {},
      meta,
    }) => ({
      success: async more => {
        events.push({ id, severity, outcome: 'success' });
        audited.push(JSON.stringify([id, method, originalUrl, meta, more]));
      },
      fail: async ({ error, ...more }) => {
        events.push({ id, severity, outcome: 'fail' });
        audited.push(
          JSON.stringify([id, method, originalUrl, meta, more]),
          `${error.stack} ${JSON.stringify(error)}`,
        );
      },
    }),
  };
}
