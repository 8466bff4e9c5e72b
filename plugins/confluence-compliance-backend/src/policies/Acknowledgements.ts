// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type {
  AcknowledgeInput,
  Acknowledgeable,
  Acknowledged,
  Acknowledgement,
  AcknowledgementProgress,
  OwnAcknowledgement,
  PolicyApproval,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { DateTime } from 'luxon';
import { databaseTime, type History } from '../history';
import type { AcknowledgementRows, Counted } from './AcknowledgementRows';
import type { ApprovalRows, ApprovedPage } from './ApprovalRows';
import type { GroupRows } from './GroupRows';
import type { PolicyState } from './Policies';
import { currentPage } from './currentPages';

type Standing = Pick<
  PolicyState,
  'id' | 'title' | 'connection' | 'acknowledgedBy' | 'pages'
>;

export interface AcknowledgementsOptions {
  history: History;
  approvals: Pick<ApprovalRows, 'list'>;
  rows: AcknowledgementRows;
  groups: GroupRows;
  /** For how many months an acknowledgement counts. */
  months: number;
  now?: () => Date;
}

/** What can be acknowledged of a policy at this moment. */
interface Target {
  page: ApprovedPage;
  approved: Acknowledgeable;
  /** Number of the version that the last sync saw, where it is newer. */
  newer?: number;
}

/**
 * Acknowledgements of policies: of the newest approved version, bound to the hash that was approved,
 * by the people whom a policy concerns and by each for themselves.
 */
export class Acknowledgements {
  readonly #options: AcknowledgementsOptions;

  constructor(options: AcknowledgementsOptions) {
    this.#options = options;
  }

  /** In numbers; undefined where a policy concerns nobody. */
  async numbersOf(
    policy: Standing,
  ): Promise<
    (Acknowledged & { missing: number; unreadGroups: number }) | undefined
  > {
    const { acknowledgedBy: refs } = policy;
    if (!refs?.length) {
      return undefined;
    }
    const target = await this.#targetOf(policy);
    const known = await Promise.all(
      refs.map(ref => this.#options.groups.known(ref)),
    );
    const sure = refs.filter((_, n) => !known[n].unknown);
    const unreadGroups = refs.length - sure.length;
    const counted = await this.#count(refs, target);
    const ofSure =
      unreadGroups === 0 ? counted : await this.#count(sure, target);
    return {
      ...counted,
      missing: ofSure.people - ofSure.acknowledged,
      known: unreadGroups === 0 && target !== undefined,
      unreadGroups,
    };
  }

  /** In numbers and by group, with a page of those who have not. */
  async progress(
    policy: Standing,
    { cursor, limit }: { cursor?: string; limit: number },
  ): Promise<AcknowledgementProgress> {
    const { rows, groups } = this.#options;
    const refs = policy.acknowledgedBy ?? [];
    if (cursor !== undefined && !cursor.startsWith('user:')) {
      throw new InputError(
        'cursor does not fit this list: start again without it',
      );
    }
    const target = await this.#targetOf(policy);
    const counted = target && this.#counted(target);
    const found = await rows.missing(refs, counted, {
      after: cursor,
      limit: limit + 1,
    });
    const missing = found.slice(0, limit);
    const byGroup = await Promise.all(
      refs.map(async group => {
        const known = await groups.known(group);
        return {
          group,
          ...(await this.#count([group], target)),
          known: !known.unknown && target !== undefined,
          ...known,
        };
      }),
    );
    const remindedOn = await rows.remindedOn(policy.id);
    return {
      ...(await this.#count(refs, target)),
      known: target !== undefined && byGroup.every(one => one.known),
      ...(target && { target: target.approved }),
      groups: byGroup,
      missing,
      pageInfo: {
        ...(found.length > limit && { nextCursor: missing[limit - 1] }),
      },
      ...(remindedOn && { remindedOn }),
    };
  }

  /** What there is for somebody to acknowledge; undefined where a policy does not concern them. */
  async own(
    policy: Standing,
    actor: string,
  ): Promise<Omit<OwnAcknowledgement, 'url'> | undefined> {
    const { rows } = this.#options;
    const target = await this.#targetOf(policy);
    if (!target || !(await this.#concerns(policy, actor))) {
      return undefined;
    }
    const done = await rows.ofPerson(this.#counted(target), personOf(actor));
    return {
      policy: policy.id,
      title: policy.title,
      target: target.approved,
      ...(target.newer !== undefined && { newer: target.newer }),
      ...(done && { acknowledgement: done }),
    };
  }

  /**
   * Acknowledges the approved version, for oneself; what counts already is answered again. Throws a
   * NotAllowedError where the policy does not concern them, a ConflictError where another version stands.
   */
  async acknowledge(
    policy: Standing,
    { pageId, version }: AcknowledgeInput,
    actor: string,
  ): Promise<Acknowledgement> {
    const { history, rows } = this.#options;
    if (!(await this.#concerns(policy, actor))) {
      throw new NotAllowedError(
        `The policy '${policy.id}' does not concern you: nobody in the groups that its acknowledgedBy names is ${actor}; who has just joined waits for a quarter of an hour`,
      );
    }
    const target = await this.#targetOf(policy);
    if (!target) {
      throw new ConflictError(
        `No version of the policy '${policy.id}' is approved: one must be before it can be acknowledged`,
      );
    }
    const { page, approved, newer } = target;
    if (page.pageId !== pageId || approved.version !== version) {
      throw new ConflictError(
        `Version ${approved.version} of the page ${page.pageId} is approved by now: read that, then acknowledge it`,
      );
    }
    if (newer !== undefined) {
      throw new ConflictError(
        `Version ${newer} is published and not approved yet: wait until it is, then read and acknowledge that`,
      );
    }
    const by = personOf(actor);
    const done = await rows.ofPerson(this.#counted(target), by);
    if (done) {
      return done;
    }
    const { contentHash } = approved;
    const made = { id: randomUUID(), pageId, version, contentHash, by };
    let at = '';
    await history.change(
      {
        record: async tx => {
          at = await databaseTime(tx);
          await rows.insert(tx, page, { ...made, at });
          await history.ledger.append(tx, {
            kind: 'policy.acknowledged',
            actor,
            subject: policy.id,
            payload: {
              id: made.id,
              connection: page.connection,
              pageId,
              version,
              contentHash,
            },
          });
        },
      },
      async () => {},
    );
    return { ...made, at };
  }

  async #count(refs: string[], target: Target | undefined) {
    const { rows } = this.#options;
    return {
      people: await rows.people(refs),
      acknowledged: target
        ? await rows.acknowledged(refs, this.#counted(target))
        : 0,
    };
  }

  async #concerns({ acknowledgedBy }: Standing, actor: string) {
    const { groups } = this.#options;
    return groups.has(acknowledgedBy ?? [], personOf(actor));
  }

  async #targetOf(policy: Standing): Promise<Target | undefined> {
    const { id, connection } = policy;
    const current = currentPage(policy);
    if (!current) {
      return undefined;
    }
    const all = await this.#options.approvals.list(id, connection);
    const approved = approvedOf(
      current.id,
      all.filter(({ pageId }) => pageId === current.id),
    );
    if (!approved) {
      return undefined;
    }
    const published = current.payload?.version;
    return {
      page: { policy: id, connection, pageId: current.id },
      approved,
      ...(published !== undefined &&
        published > approved.version && { newer: published }),
    };
  }

  #counted({ page, approved }: Target): Counted {
    const now = this.#options.now?.() ?? new Date();
    const since = DateTime.fromJSDate(now, { zone: 'utc' }).minus({
      months: this.#options.months,
    });
    return {
      ...page,
      sinceVersion: approved.sinceVersion,
      since: since.toJSDate().toISOString(),
    };
  }
}

/** Minor edits need not be read again: what counts is the newest version that was approved as a whole. */
function approvedOf(
  pageId: string,
  approvals: PolicyApproval[],
): Acknowledgeable | undefined {
  const newestFirst = [...approvals].sort((a, b) => b.version - a.version);
  const [newest] = newestFirst;
  const whole = newestFirst.find(({ minorEdit }) => !minorEdit) ?? newest;
  return (
    newest && {
      pageId,
      version: newest.version,
      contentHash: newest.contentHash,
      sinceVersion: whole.version,
    }
  );
}

/** Refs of the catalog are the same in any case. */
function personOf(actor: string): string {
  return actor.toLowerCase();
}
