// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Access,
  AccountDetail,
  AccountGrant,
  GroupDetail,
  GroupGrant,
  Page,
  SeenCount,
  SpaceDetail,
  SpaceGrant,
  TimelineEntry,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { toReach, toSeen } from '../checks';
import type { Lists, Revision, TimelineSubject } from '../history';
import { remember } from '../remember';
import {
  accessReads,
  type CardContext,
  type CardPart,
  type CardRooms,
} from './CardContext';
import { standingOf } from './freshness';
import { toAccountGrants, toSpaceGrants } from './grantWords';
import { groupGaps } from './groupGaps';
import { groupPart, teamPart } from './groupPart';
import { accountPart, inAll, personPart } from './personPart';
import { CardSubject, subjectsOf } from './subjectsOf';
import { toTimeline } from './timelineWords';
import { pagePart, sitePart, spacePart } from './systemPart';

export interface AccessReaderOptions extends CardRooms {
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  now?: () => Date;
}

/** What grants of an account were read from; what says most of a gap comes first. */
const BEHIND = [
  'grants',
  'memberships',
  'spaces',
  'groups',
  'accounts',
  'directory',
];

/** One page of a list of one connection. */
export interface GrantListOptions {
  connection: string;
  /** The revision of the first page; a cursor brings its own. */
  revision: Revision;
  cursor?: string;
  limit: number;
}

/** Who can do what, as accounts, spaces and the cards of catalog entities show it. */
export class AccessReader {
  readonly #options: AccessReaderOptions;
  readonly #now: () => Date;
  readonly #reach: Lists['access']['peopleOfSpace'];

  static create(options: AccessReaderOptions): AccessReader {
    return new AccessReader(options);
  }

  private constructor(options: AccessReaderOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    // A space that everybody reaches takes a while to count.
    this.#reach = remember(place => options.lists.access.peopleOfSpace(place), {
      most: 1_000,
      ms: 5 * 60_000,
      now: this.#now,
    });
  }

  /** An account with how much it can do. NotFoundError when it did not stand then. */
  async account(
    connection: string,
    accountId: string,
    revision: Revision,
  ): Promise<AccountDetail> {
    const { lists } = this.#options;
    const account = await lists.account(connection, accountId, revision);
    const { total } = await lists.access.topOfAccounts({
      connection,
      accountIds: [accountId],
      revision,
      limit: 0,
    });
    return {
      ...account,
      access: await this.#inAll(connection, total, revision),
    };
  }

  /** Whether grants were all read: as it is now, or as it was at a revision of the past. */
  async #inAll(
    connection: string,
    total: number,
    revision: Revision,
  ): Promise<SeenCount> {
    const context = await this.#context();
    return revision < context.revision
      ? toSeen(
          total,
          await context.cards.whyUnknownAt(connection, BEHIND, revision),
        )
      : inAll(context, total, accessReads(context, [connection]));
  }

  /** What an account can do. NotFoundError when it did not stand then. */
  async accountGrants(
    accountId: string,
    options: GrantListOptions,
  ): Promise<Page<AccountGrant>> {
    const { lists } = this.#options;
    const { connection } = options;
    const page = await lists.access.ofAccount({ ...options, accountId });
    const { items, revision } = page;
    await lists.account(connection, accountId, revision);
    const place = { connection, revision };
    return {
      ...page,
      items: await toAccountGrants(this.#options, items, place),
    };
  }

  /** A group with how much of it was seen. NotFoundError when it did not stand then. */
  async group(
    connection: string,
    groupId: string,
    revision: Revision,
  ): Promise<GroupDetail> {
    const { lists } = this.#options;
    const group = await lists.group(connection, groupId, revision);
    const scope = { connection, groupId, revision };
    const { total } = await lists.access.topOfGroup({ ...scope, limit: 0 });
    const context = await this.#context();
    const found = await context.cards.membersWithFindings(
      connection,
      [groupId],
      revision,
    );
    const { members = 0, excepted } = found.get(groupId) ?? {};
    return {
      ...group,
      membersWithFindings: members,
      ...(excepted && { membersExcepted: excepted }),
      ...(await groupGaps(context, group, total, revision)),
    };
  }

  /** What a group can do. NotFoundError when it did not stand then. */
  async groupGrants(
    groupId: string,
    options: GrantListOptions,
  ): Promise<Page<GroupGrant>> {
    const { connection } = options;
    const page = await this.#options.lists.access.ofGroup({
      ...options,
      groupId,
    });
    const { items, revision } = page;
    const place = { connection, revision };
    const grants = await toAccountGrants(this.#options, items, place);
    return { ...page, items: grants.map(({ path: _, ...grant }) => grant) };
  }

  /** A space with who reaches it. NotFoundError when it did not stand then. */
  async space(
    connection: string,
    key: string,
    revision: Revision,
  ): Promise<SpaceDetail> {
    const { lists } = this.#options;
    const space = await lists.space(connection, key, revision);
    const { spaceId } = space;
    const people = await this.#reach({ connection, spaceId, revision });
    return { ...space, reach: toReach(people) };
  }

  /** Who can do what in a space. NotFoundError when it did not stand then. */
  async spaceGrants(
    key: string,
    options: GrantListOptions,
  ): Promise<Page<SpaceGrant>> {
    const { cards, lists, lookups } = this.#options;
    const { connection } = options;
    // The space of a further page need not stand any more.
    const known = options.cursor
      ? (await lookups.space(connection, key, options.revision))?.id
      : undefined;
    const spaceId =
      known ?? (await lists.space(connection, key, options.revision)).spaceId;
    const page = await lists.access.ofSpace({ ...options, spaceId });
    const { items, revision } = page;
    return {
      ...page,
      items: await toSpaceGrants(cards, items, { connection, revision }),
    };
  }

  /** What became of an account, a group or a space, newest first. NotFoundError when it was never seen. */
  async timeline(
    subject: TimelineSubject,
    options: Omit<GrantListOptions, 'connection'> & { only?: 'access' },
  ): Promise<Page<TimelineEntry>> {
    const page = await this.#options.lists.timeline({ ...options, subject });
    const { items, revision } = page;
    return {
      ...page,
      items: await toTimeline(this.#options, subject, items, revision),
    };
  }

  /** The same of a space by its key, also when that was its last one. */
  async spaceTimeline(
    key: string,
    { connection, ...options }: GrantListOptions & { only?: 'access' },
  ): Promise<Page<TimelineEntry>> {
    const { lookups } = this.#options;
    const space = await lookups.space(connection, key, options.revision);
    if (!space) {
      throw new NotFoundError(
        `There was no space '${key}' in the connection '${connection}' by revision ${options.revision}`,
      );
    }
    return this.timeline({ kind: 'space', connection, id: space.id }, options);
  }

  /** The card of an entity; a NotFoundError when whoever asks cannot see one of this ref. */
  async card(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Access> {
    const { catalog } = this.#options;
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (!entity) {
      throw new NotFoundError(
        `entityRef: the catalog has no entity '${entityRef}', or you may not see it`,
      );
    }
    return this.#cardOf(entity);
  }

  async #context(): Promise<CardContext> {
    const { cards, connections, history } = this.#options;
    return {
      ...this.#options,
      now: this.#now(),
      reach: this.#reach,
      fresh: remember((...args) => cards.freshness(...args), {
        most: 1_000,
        ms: 60_000,
        now: this.#now,
      }),
      revision: await history.head(),
      reviewed: connections().filter(({ purposes }) =>
        purposes.includes('access-review'),
      ),
    };
  }

  async #cardOf(entity: Entity): Promise<Access> {
    const context = await this.#context();
    const parts: CardPart[] = [];
    for (const subject of subjectsOf(entity)) {
      parts.push(await partOf(context, subject));
    }
    const reads = parts.flatMap(part => part.reads ?? []);
    const { readAt, incomplete } = await standingOf(context, reads);
    const ofPart = parts.find(part => part.incomplete)?.incomplete;
    return {
      entityRef: stringifyEntityRef(entity),
      revision: context.revision,
      ...(readAt && { readAt }),
      ...((ofPart ?? incomplete) && { incomplete: ofPart ?? incomplete }),
      checks: await context.checks.over(
        parts.flatMap(part => part.scopes ?? []),
      ),
      policies: [],
      ...Object.assign({}, ...parts.map(part => part.sections)),
    };
  }
}

async function partOf(
  context: CardContext,
  subject: CardSubject,
): Promise<CardPart> {
  if ('connection' in subject) {
    const { connection } = subject;
    if (!context.connections().some(({ id }) => id === connection)) {
      return {
        incomplete: {
          code: 'unknown-connection',
          text: `There is no connection ${connection}: name one that the configuration has.`,
        },
      };
    }
  }
  switch (subject.kind) {
    case 'person':
      return personPart(context, subject.person);
    case 'team':
      return teamPart(context, subject.people);
    case 'account':
      return accountPart(context, subject.connection, subject.id);
    case 'group':
      return groupPart(context, subject.connection, subject.id);
    case 'site':
      return sitePart(context, subject.connection);
    case 'page':
      return pagePart(context, subject.connection, subject.id);
    case 'space':
      return spacePart(context, subject);
    default:
      return { incomplete: subject.reason };
  }
}
