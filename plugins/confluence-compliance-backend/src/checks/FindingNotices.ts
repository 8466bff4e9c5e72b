// SPDX-License-Identifier: Apache-2.0
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  type Severity,
  severitySchema,
  type TotalItems,
  type TrendPoint,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { auditNotices } from '../notices/auditNotices';
import { inTime } from '../notices/inTime';

const LINK = '/confluence-compliance/checks/findings';
const TOPIC = 'confluence-compliance.finding';

export interface FindingNoticesOptions {
  /** Default: nobody is told. */
  notifications?: Pick<NotificationService, 'send'>;
  logger: Pick<LoggerService, 'warn'>;
  /** Default: nothing is audited. */
  auditor?: AuditorService;
}

/** What a team is told of findings. */
export interface FindingDigest {
  now: TrendPoint;
  /** How they stood some days ago, where that is known. */
  before?: TrendPoint;
  /** How many days ago. */
  days: number;
  /** How many of those that are open the team looks after. */
  own: TotalItems;
}

/** Tells people of findings. That nobody can be told is logged, and stops nothing. */
export class FindingNotices {
  readonly #options: FindingNoticesOptions;

  constructor(options: FindingNoticesOptions) {
    this.#options = options;
  }

  /** Tells an owner what was given to them, unless they took it themselves. */
  async assigned(owner: string, actor: string, count: number): Promise<void> {
    if (count > 0 && owner !== actor) {
      await this.#tell(owner, {
        title: `${findings(count)} ${are(count)} yours to look after`,
        description: 'Somebody has given this to you in Compliance.',
        link: `${LINK}?owner=me`,
      });
    }
  }

  /** Tells owners how many findings of theirs came back. */
  async regressed(
    owners: ReadonlyMap<string, number>,
    check: { id: string; title: string; severity: Severity },
  ): Promise<void> {
    const batch = { sent: 0, failed: 0 };
    for (const [owner, count] of owners) {
      const told = await this.#tell(owner, {
        title: `${findings(count)} of yours came back`,
        description: `${check.title}: resolved before, and seen again.`,
        link: `${LINK}?state=regressed&owner=me`,
        severity: check.severity === 'critical' ? 'high' : 'normal',
      });
      batch[told] += 1;
    }
    const kind = 'tell-of-regressed';
    await auditNotices(this.#options, { kind, ...batch, about: [check.id] });
  }

  /** Tells a team how findings stand, those that are excepted apart. */
  async digest(
    team: string,
    { now, before, days, own }: FindingDigest,
  ): Promise<void> {
    const total = allOpen(now);
    const excepted = sum(now.excepted);
    const split = severitySchema.options
      .toReversed()
      .filter(severity => openOf(now, severity) > 0)
      .map(severity => `${openOf(now, severity)} ${severity}`);
    const more = before ? total - allOpen(before) : 0;
    const then = days === 1 ? 'yesterday' : `${days} days ago`;
    const change =
      more === 0
        ? `As many as ${then}.`
        : `${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} than ${then}.`;
    const told = await this.#tell(team, {
      title: [
        `${findings(total)} ${are(total)} open`,
        ...(excepted > 0 ? [`${excepted} ${are(excepted)} excepted`] : []),
      ].join(' and '),
      description: [
        ...(split.length > 0 ? [`${split.join(', ')}.`] : []),
        ...(before ? [change] : []),
        ...(now.unknown > 0 ? [`${now.unknown} could not be judged.`] : []),
        ...(own === 0 ? [] : [yours(own)]),
      ].join(' '),
      link: LINK,
    });
    const batch = { sent: 0, failed: 0, [told]: 1 };
    await auditNotices(this.#options, {
      kind: 'tell-digest',
      ...batch,
      about: [],
    });
  }

  async #tell(
    entityRef: string,
    payload: {
      title: string;
      description: string;
      link: string;
      severity?: 'normal' | 'high';
    },
  ): Promise<'sent' | 'failed'> {
    const { notifications, logger } = this.#options;
    try {
      await inTime(
        notifications?.send({
          recipients: { type: 'entity', entityRef },
          payload: { severity: 'normal', ...payload, topic: TOPIC },
        }),
      );
      return 'sent';
    } catch (error) {
      logger.warn(
        `Nobody could be told: ${payload.title}`,
        error instanceof Error ? error : undefined,
      );
      return 'failed';
    }
  }
}

/** What was open and not excepted. */
function openOf({ open, excepted }: TrendPoint, severity: Severity): number {
  return open[severity] - (excepted?.[severity] ?? 0);
}

function allOpen({ open, excepted }: TrendPoint): number {
  return sum(open) - sum(excepted);
}

function sum(counts: TrendPoint['excepted']): number {
  return Object.values(counts ?? {}).reduce((total, n) => total + n, 0);
}

function yours(own: TotalItems): string {
  return typeof own === 'number'
    ? `${own} of the open ones ${are(own)} yours to look after.`
    : `At least ${own.atLeast} of the open ones are yours to look after.`;
}

function findings(count: number): string {
  return `${count} ${count === 1 ? 'finding' : 'findings'}`;
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}
