// SPDX-License-Identifier: Apache-2.0
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { CredentialState } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Connections } from '../connections';
import {
  describeConnection,
  lostKeyReason,
  needsReconnect,
} from '../connections';
import { auditNotices } from './auditNotices';
import { inTime } from './inTime';

const LINK = '/confluence-compliance/connections';

export interface ConnectionNoticesOptions {
  connections: Connections;
  notifications: Pick<NotificationService, 'send'>;
  logger: LoggerService;
  /** Default: nothing is audited. */
  auditor?: AuditorService;
  now?: () => Date;
}

interface Notice {
  topic: string;
  /** What it is about; the same is said once. */
  of: string;
  title: string;
  description: string;
  severity: 'normal' | 'high';
}

/** Tells whoever looks after a connection that its credential ends, or is dead. */
export class ConnectionNotices {
  readonly #options: ConnectionNoticesOptions;

  constructor(options: ConnectionNoticesOptions) {
    this.#options = options;
  }

  /** Each thing is said once, by one replica, and again after the notification service has failed. */
  async send(): Promise<void> {
    const { connections } = this.#options;
    const stored = await connections.credentials.list();
    const now = this.#options.now?.() ?? new Date();
    const batch = { sent: 0, failed: 0, about: [] as string[] };
    for (const connection of connections.list()) {
      const described = describeConnection(connection, stored, now);
      const recipient = connection.owner ?? connection.madeBy;
      if (recipient) {
        for (const notice of noticesOf(described)) {
          const told = await this.#tell(connection.id, recipient, notice);
          if (told) {
            batch[told] += 1;
            batch.about.push(connection.id);
          }
        }
      }
    }
    await auditNotices(this.#options, {
      kind: 'tell-of-credentials',
      ...batch,
    });
  }

  /** Undefined where it was said before. */
  async #tell(
    id: string,
    recipient: string,
    notice: Notice,
  ): Promise<'sent' | 'failed' | undefined> {
    const { connections, notifications, logger } = this.#options;
    const { topic, of, title, description, severity } = notice;
    if (!(await connections.states.notifyOnce(id, topic, of))) {
      return undefined;
    }
    try {
      const sent = notifications.send({
        recipients: { type: 'entity', entityRef: recipient },
        payload: {
          title,
          description,
          severity,
          link: `${LINK}?connection=${id}`,
          topic: 'confluence-compliance.credential',
          scope: `confluence-compliance:${id}:${topic}`,
        },
      });
      await inTime(sent);
      return 'sent';
    } catch (error) {
      await connections.states.takeBack(id, topic, of);
      logger.warn(
        `Nobody could be told: ${title}`,
        error instanceof Error ? error : undefined,
      );
      return 'failed';
    }
  }
}

function noticesOf({
  title,
  methods,
  organization,
}: ReturnType<typeof describeConnection>): Notice[] {
  const credentials = [
    ...methods.map(({ method, credential }) => ({ name: method, credential })),
    ...(organization
      ? [{ name: 'organization', credential: organization.credential }]
      : []),
  ];
  const notices = credentials.flatMap(({ name, credential }): Notice[] => {
    const { state, expiresAt = '' } = credential;
    if (state !== 'expiring' && state !== 'expired') {
      return [];
    }
    const day = expiresAt.slice(0, 10);
    return [
      {
        topic: `${name}-${state}`,
        of: expiresAt,
        title:
          state === 'expired'
            ? `The credential of ${title} has expired`
            : `The credential of ${title} expires soon`,
        description:
          state === 'expired'
            ? `Its last day was ${day}, and nothing is read any more. Make a new one in Atlassian and replace it.`
            : `Its last day is ${day}. Make a new one in Atlassian and replace it: nothing stands still meanwhile.`,
        severity: state === 'expired' ? 'high' : 'normal',
      },
    ];
  });
  const lost = lostKeyReason({ methods });
  if (lost) {
    notices.push({
      topic: 'lost-key',
      of: lost.text,
      title: `${title} has a credential that no key opens`,
      description: `${lost.text}. ${lost.cure}`,
      severity: 'high',
    });
  } else if (needsReconnect({ methods })) {
    const dead = methods.find(({ method }) => method === 'oauth');
    notices.push({
      topic: 'reconnect',
      of: dead?.credential.changedAt ?? 'never',
      title: `${title} must be connected`,
      description: whyUnread(dead?.credential.state),
      severity: 'high',
    });
  }
  return notices;
}

function whyUnread(state: CredentialState['state'] | undefined): string {
  return state === 'missing'
    ? 'Nobody has granted access yet, so nothing is read.'
    : 'Atlassian does not renew the access any more, so nothing is read until somebody reconnects.';
}
