// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckData,
  CheckPolicy,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import { type Judgement, knownAccounts, unused } from './judgement';
import {
  audiencesOf,
  isOpenToAll,
  knownPart,
  type PageEditors,
  pageEditors,
  type SpaceAudience,
} from './policyReach';
import { documentOf } from './policyPages';

const parameters = z
  .strictObject({
    /** How many may edit the page of a policy. */
    most: z.number().int().min(1).default(10),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

/** What is known of who may read and edit the page of a policy. */
interface Audience {
  /** Of the labelled page; undefined where it was not read. */
  restriction?: 'open' | 'own' | 'inherited';
  space: SpaceAudience;
  editors: PageEditors;
  /** Whether the page itself names who may edit it; undefined where that was not read. */
  narrowed?: boolean;
  /** Accounts of staff, by id. */
  staff: Set<string>;
}

function judge(
  { restriction, space, editors, narrowed, staff }: Audience,
  { most }: Parameters,
): Judgement {
  const facts = {
    ...(restriction && { 'restrictions.read': restriction }),
    'grants.editors': space.accounts.edit.size,
    ...(narrowed !== undefined && {
      'restrictions.edit': narrowed ? 'own' : 'open',
    }),
    ...(editors.isWhole && { 'page.editors': editors.accounts.size }),
  };
  if (restriction === 'own' || restriction === 'inherited') {
    return { verdict: 'warning', reason: 'reading-narrowed', facts };
  }
  const { accounts, classes } = space;
  const outside = isOpenToAll(classes.read)
    ? []
    : [...staff].filter(id => !accounts.read.has(id));
  if (outside.length > 0) {
    // A class that is not known may hold them.
    return classes.read.size > 0
      ? { verdict: 'unknown', reason: 'open-to-class', facts }
      : {
          verdict: 'fail',
          reason: 'staff-cannot-read',
          facts: { ...facts, 'accounts.cannotRead': outside.length },
          restsOnAbsence: true,
          // Whatever the page says of itself: who cannot see its space cannot read it.
          requires: ['accounts', 'memberships'],
        };
  }
  const isOver = editors.accounts.size > most;
  const isWide = editors.isWhole && (isOver || isOpenToAll(editors.classes));
  // Who cannot read it cannot edit it; only whoever administers the space can lift that.
  if ((restriction && isWide) || accounts.administer.size > most) {
    return { verdict: 'fail', reason: 'many-edit', facts };
  }
  if (!restriction) {
    return { verdict: 'unknown', reason: 'restriction-not-read', facts };
  }
  if (isOver || editors.classes.size > 0) {
    // A class may hold few, or else the page itself narrow it further.
    const reason = editors.isWhole ? 'class-edits' : 'editors-not-read';
    return { verdict: 'unknown', reason, facts };
  }
  return { verdict: 'pass', reason: 'few-edit-all-read', facts };
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const { data, parameters: chosen } = context;
  for (const connection of context.connections) {
    const policies = await data.policies(connection);
    const spaceIds = new Set(policies.flatMap(spaceOf));
    const named = policies.flatMap(({ pages }) =>
      pages.flatMap(({ editors }) => editors?.groupIds ?? []),
    );
    const seen = await seenGroups(data, connection, named);
    const { spaces, groups } = await audiencesOf(
      data,
      connection,
      spaceIds,
      named,
    );
    const restrictions = await restrictionsOf(data, connection, policies);
    const staff =
      spaces.size > 0 ? await staffOf(context, connection) : new Set<string>();
    for (const policy of policies) {
      yield {
        connection,
        subjectId: policy.id,
        ...judgePolicy(policy, ({ id, editors }, spaceId) => {
          const space = spaces.get(spaceId);
          return (
            space && {
              ...judge(
                {
                  restriction: restrictions.get(id),
                  space,
                  editors: pageEditors(
                    space,
                    groups,
                    editors && knownPart(editors, seen),
                  ),
                  narrowed: editors?.restricted,
                  staff,
                },
                chosen,
              ),
              gap: data.gap(connection, 'grants', spaceId),
            }
          );
        }),
      };
    }
  }
}

function judgePolicy(
  policy: CheckPolicy,
  judgePage: (
    page: CheckPolicy['pages'][number],
    spaceId: string,
  ) => Judgement | undefined,
): Judgement {
  const found = documentOf(policy);
  if ('judgement' in found) {
    return found.judgement;
  }
  const { page } = found;
  const { id, spaceId, gap: ownGap } = page;
  const about = { resource: `page:${id}` };
  const judged = spaceId === undefined ? undefined : judgePage(page, spaceId);
  if (!judged) {
    const { requires } = policy;
    return {
      verdict: 'unknown',
      reason: 'page-not-read',
      facts: {},
      requires,
      about,
    };
  }
  const gap = policy.gap ?? ownGap ?? judged.gap;
  return {
    ...judged,
    requires: [
      ...policy.requires,
      ...(judged.requires ?? ['accounts', 'memberships', 'restrictions']),
    ],
    ...(gap && { gap }),
    about,
  };
}

function spaceOf(policy: CheckPolicy): string[] {
  const found = documentOf(policy);
  return 'page' in found && found.page.spaceId ? [found.page.spaceId] : [];
}

/** Those of some groups that the site shows. */
async function seenGroups(
  data: CheckData,
  connection: string,
  groupIds: string[],
): Promise<Set<string>> {
  const seen = new Set<string>();
  if (groupIds.length > 0) {
    for await (const rows of data.groups(connection)) {
      rows.forEach(({ key }) => seen.add(key));
    }
  }
  return seen;
}

/** Of the pages of policies only: there can be many others. */
async function restrictionsOf(
  data: CheckData,
  connection: string,
  policies: CheckPolicy[],
) {
  const wanted = new Set(
    policies.flatMap(({ pages }) => pages.map(({ id }) => id)),
  );
  const found = new Map<string, Audience['restriction']>();
  for await (const rows of data.restrictions(connection)) {
    for (const { key, payload, outOfScope } of rows) {
      if (wanted.has(key) && !outOfScope) {
        found.set(key, payload.read);
      }
    }
  }
  return found;
}

/** People of the company who use the site. */
async function staffOf(
  context: CheckContext<Parameters>,
  connection: string,
): Promise<Set<string>> {
  const outsiders = await context.data.outsiders(connection);
  const staff = new Set<string>();
  for await (const rows of knownAccounts(context, connection)) {
    for (const { accountId, account, entry } of rows) {
      if (
        account.class === 'person' &&
        !unused({ account, entry }) &&
        !outsiders?.has(accountId)
      ) {
        staff.add(accountId);
      }
    }
  }
  return staff;
}

/** Everybody finds what holds for them, and few can change it. */
export const editRestricted: ConfluenceCheck<typeof parameters> = {
  id: 'policy.edit-restricted-read-open',
  title: 'Few may edit a policy, everybody may read it',
  description:
    'Everybody of the company who uses the site can read the page of the policy, and no more than the parameter most may edit it: those who may edit pages of its space and, where the page itself names who may edit it, are named, by themselves or in a group, and those who administer the space, since they can lift that. Before whom the page names was read, it is unknown where its space lets many edit. Where reading is narrowed, it is a warning: for whom is not kept.',
  severity: 'medium',
  subjectKind: 'policy',
  where: 'policies',
  requires: [
    'spaces',
    'pages',
    'labels',
    'restrictions',
    'grants',
    'memberships',
    'accounts',
  ],
  improves: ['directory'],
  parameters,
  controls: controlsOf('policy.edit-restricted-read-open'),
  howToFix: [
    'When reading is narrowed, open the page in Confluence, choose Share or the lock, and let everybody view it; look at the pages above it, too, since they pass it down.',
    'When somebody cannot read the space, open Space settings, then Space permissions, and give a group of all staff the permission to view.',
    'When many may edit, open the page in Confluence, choose the lock and let only specific people edit it, or keep policies in a space of their own, where only those who write them may add pages. The page of the policy under Policies lists who may.',
    'Who may read a page is only read of pages with a label: give the page the label of its policy, and name it in confluenceCompliance.policies.required or catalog.pages.labels.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
