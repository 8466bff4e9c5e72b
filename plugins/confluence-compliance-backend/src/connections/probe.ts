// SPDX-License-Identifier: Apache-2.0
import {
  type ConfluenceClient,
  MissingScopeError,
  NotVisibleError,
} from '@confluence-compliance/atlassian-client';
import type {
  Capability,
  DatasetName,
  Problem,
  Purpose,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Access, Opened } from './Clients';
import { accessFor, clientOf } from './Connections';
import { isFailure } from './failures';
import { problemOf } from './problems';
import type { ConnectionDefinition } from './types';

/** Whether a dataset can be read, as Atlassian just answered. */
export type Probed = Pick<
  Capability,
  'dataset' | 'ability' | 'problem' | 'saw'
> & { dataset: DatasetName };

type Finding = Omit<Probed, 'dataset'>;

/** What is asked of, and with what. */
export interface ProbeContext {
  definition: ConnectionDefinition;
  opened: Opened;
  now: Date;
  signal?: AbortSignal;
  /** Methods that do not work at all, which are not asked again. */
  refused?: ReadonlyMap<Access, Problem>;
}

const PAGE = 200;
/** A label that hardly any page has: what is asked is whether asking is allowed. */
const PROBE_LABEL = 'confluence-compliance-probe';

/** There is nothing to try it on, or nothing that can be read, which says neither can nor cannot. */
class Nothing extends Error {}

/** One part of a dataset could be read, another not. */
class Partly extends Error {
  readonly reason: unknown;

  constructor(reason: unknown, words: string) {
    super(words);
    this.reason = reason;
  }
}

/** Asks for a little of every dataset, reading only. Failures are answers, not errors. */
export async function probeDatasets(context: ProbeContext): Promise<Probed[]> {
  const both = [probePeople(context), probeContent(context)];
  return (await Promise.all(both)).flat();
}

async function probePeople(context: ProbeContext): Promise<Probed[]> {
  const { signal } = context;
  const ask = asker(context, 'access-review');
  const groups = await ask(async client => {
    const { items, next, malformed } = await client.groups({
      limit: PAGE,
      signal,
    });
    assertSeen(items, malformed, 'group');
    return { items, malformed, saw: many(items.length, next, 'group') };
  });
  const members = await ask(async client => {
    const group = groups.items?.[0];
    if (!group) {
      throw groups.error ?? new Nothing('There is no group to look into');
    }
    const { total, items, malformed } = await client.groupMembers(group.id, {
      limit: 1,
      total: true,
      signal,
    });
    const count = total ?? items.length;
    return {
      items,
      malformed,
      saw: `${plural(count, 'member')} of ${group.name}`,
    };
  });
  const accounts = await ask(async client => {
    const { total, items, malformed } = await client.searchUsers({
      limit: 1,
      signal,
    });
    assertSeen(items, malformed, 'account');
    const { items: looked } = await client
      .usersBulk(
        items.map(({ accountId }) => accountId),
        { signal },
      )
      .catch(error => {
        throw error instanceof MissingScopeError
          ? new Partly(error, 'The status of accounts is not known to be right')
          : error;
      });
    return {
      items: looked,
      saw: plural(total ?? looked.length, 'account'),
    };
  });
  // Members of groups are accounts too: without the search, those in no group are missed.
  const known = members.found.ability === 'can';
  return [
    known && accounts.found.ability === 'cannot'
      ? partlyAccounts(accounts.found)
      : { dataset: 'accounts', ...accounts.found },
    { dataset: 'groups', ...groups.found },
    { dataset: 'memberships', ...members.found },
  ];
}

function partlyAccounts({ problem }: Finding): Probed {
  return {
    dataset: 'accounts',
    ability: 'partly',
    saw: 'Those in groups; people in no group are not found',
    problem,
  };
}

async function probeContent(context: ProbeContext): Promise<Probed[]> {
  const { signal } = context;
  const ask = asker(context, 'policy');
  const spaces = await ask(async client => {
    const { items, next, malformed } = await client.spaces({ signal });
    assertSeen(items, malformed, 'space');
    return { items, malformed, saw: many(items.length, next, 'space') };
  });
  const askForPeople = asker(context, 'access-review');
  const grants = await askForPeople(async client => {
    const space = spaces.items?.[0];
    if (!space) {
      throw spaces.error ?? new Nothing('There is no space to look into');
    }
    const { items, malformed } = await client.spacePermissions(space.id, {
      limit: 1,
      signal,
    });
    const byRoles = await rolesIn(client, space.id, signal);
    const what = byRoles ? 'Permissions and roles' : 'Permissions';
    return { items, malformed, saw: `${what} of ${space.key}` };
  });
  const pages = await ask(async client => {
    const { items, malformed } = await client.pages({ limit: 1, signal });
    assertSeen(items, malformed, 'page');
    const at = items[0]?.version?.createdAt;
    const saw = at ? `Newest edited ${at.slice(0, 10)}` : 'A page';
    return { items, malformed, saw };
  });
  const labels = await ask(async client => {
    const options = { limit: 1, signal };
    const { items } = await client.contentByLabel(PROBE_LABEL, options);
    return { items, saw: 'Pages can be found by label' };
  });
  const restrictions = await ask(async client => {
    const page = pages.items?.[0];
    if (!page) {
      throw pages.error ?? new Nothing('There is no page to look at');
    }
    await client.contentRestriction(page.id, { signal });
    return { items: [], saw: 'Who may read a page' };
  });
  const audit = await askForPeople(async client => {
    const { items } = await client.auditRecords({ limit: 1, signal });
    const at = items[0]?.createdAt;
    const newest = at ? `Newest entry ${at.slice(0, 10)}` : 'No entry';
    return { items, saw: newest };
  });
  return [
    { dataset: 'spaces', ...spaces.found },
    { dataset: 'grants', ...grants.found },
    { dataset: 'pages', ...pages.found },
    { dataset: 'labels', ...labels.found },
    { dataset: 'restrictions', ...restrictions.found },
    { dataset: 'audit', ...audit.found },
  ];
}

interface Look<T> {
  items: T[];
  saw: string;
  /** Records that cannot be read. */
  malformed?: readonly unknown[];
}

const unreadable: Problem = {
  code: 'malformed',
  text: 'Confluence gave records that could not be read',
};

interface Asked<T> {
  found: Finding;
  items?: T[];
  error?: unknown;
}

/** Asks with the client of a purpose; what goes wrong becomes words. */
function asker(
  { definition, opened, now, refused }: ProbeContext,
  purpose: Purpose,
) {
  const access = accessFor(opened, purpose);
  const known = refused?.get(access);
  const { method, expiresAt } = access.method;
  const problem = (error: unknown) =>
    problemOf(error, { method, site: definition.site, expiresAt, now });
  return async <T>(
    look: (client: ConfluenceClient) => Promise<Look<T>>,
  ): Promise<Asked<T>> => {
    if (known) {
      return { found: { ability: 'cannot', problem: known } };
    }
    try {
      const { items, saw, malformed = [] } = await look(clientOf(access));
      return malformed.length > 0
        ? { items, found: { ability: 'partly', saw, problem: unreadable } }
        : { items, found: { ability: 'can', saw } };
    } catch (error) {
      if (error instanceof Nothing) {
        return {
          error,
          found: {
            ability: 'partly',
            problem: { code: 'nothing-there', text: error.message },
          },
        };
      }
      if (error instanceof Partly) {
        const found = {
          ability: 'partly' as const,
          saw: error.message,
          problem: problem(error.reason),
        };
        return { error, found };
      }
      if (!isFailure(error)) {
        throw error;
      }
      return { error, found: { ability: 'cannot', problem: problem(error) } };
    }
  };
}

/** Of an empty answer nobody knows whether there is nothing, or nothing that may be seen. */
function assertSeen(
  items: readonly unknown[],
  malformed: readonly unknown[],
  word: string,
): void {
  if (items.length + malformed.length === 0) {
    throw new Nothing(`No ${word} is to be seen`);
  }
}

/** Whether roles give access in a space, as far as they can be read. */
async function rolesIn(
  client: ConfluenceClient,
  spaceId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    const mode = await client.spaceRoleMode({ signal });
    if (!mode.startsWith('ROLES')) {
      return false;
    }
    await client.spaceRoles({ limit: 1, signal });
    await client.spaceRoleAssignments(spaceId, { limit: 1, signal });
    return true;
  } catch (error) {
    if (error instanceof NotVisibleError) {
      return false;
    }
    throw error instanceof MissingScopeError
      ? new Partly(error, 'Permissions; the roles of spaces are not known')
      : error;
  }
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** How many there are, as far as the first page says. */
export function many(
  count: number,
  next: string | undefined,
  word: string,
): string {
  return next === undefined
    ? plural(count, word)
    : `More than ${plural(count, word)}`;
}
