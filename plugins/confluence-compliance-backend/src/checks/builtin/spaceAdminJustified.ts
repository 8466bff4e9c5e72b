// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckData,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import type { Judgement } from './judgement';
import {
  aboutSpace,
  nameOf,
  Principal,
  principalsBySpace,
  SpaceSubject,
  spacesOf,
} from './spaceSubjects';

const parameters = z
  .strictObject({
    /**
     * Who may administer a space, by `<connection>/<KEY>`: account ids, names of groups, names of access
     * classes.
     */
    owners: z.record(z.string(), z.array(z.string().min(1))).default({}),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

async function namesOfGroups(
  data: CheckData,
  connection: string,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for await (const rows of data.groups(connection)) {
    rows.forEach(({ key, payload }) => names.set(key, payload.name));
  }
  return names;
}

/** The verdict on one of those who administer a space whose owners are told. */
function judgeAdmin(
  { spaceId, gap }: SpaceSubject,
  admin: Principal,
  owners: Set<string>,
  names: Map<string, string>,
): Omit<CheckResult, 'connection'> {
  const { principalType, principalId } = admin;
  const isGroup = principalType === 'group';
  const name = isGroup ? names.get(principalId) : undefined;
  const isOwner =
    owners.has(principalId) || (name !== undefined && owners.has(name));
  return {
    subjectId: `space:${spaceId}|${nameOf(admin)}`,
    about: {
      ...aboutSpace(spaceId),
      ...(principalType === 'account' && { account: principalId }),
    },
    facts: {
      'grants.principal': nameOf(admin),
      ...(name !== undefined && { 'groups.name': name }),
    },
    // What a group is called is as good as the list of groups.
    requires: isGroup ? ['groups'] : [],
    ...(isOwner
      ? { verdict: 'pass', reason: 'approved-owner', gap }
      : {
          verdict: 'fail',
          reason: 'admin-not-owner',
          restsOnAbsence: isGroup && name === undefined,
        }),
  };
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const { data } = context;
  const told = new Map(
    Object.entries(context.parameters.owners).map(([space, owners]) => [
      space.toLowerCase(),
      new Set(owners),
    ]),
  );
  for (const connection of context.connections) {
    const names = await namesOfGroups(data, connection);
    const admins = await principalsBySpace(data, connection, {
      operation: 'administer',
    });
    for await (const subject of spacesOf(context, connection)) {
      const { spaceId, space } = subject;
      const owners = told.get(`${connection}/${space.key}`.toLowerCase());
      const why = whyNotJudged(subject, owners);
      if (why) {
        yield {
          connection,
          subjectId: `space:${spaceId}`,
          about: aboutSpace(spaceId),
          ...why,
        };
      }
      if (owners && space.type !== 'personal') {
        for (const admin of admins.of(spaceId)) {
          const judged = judgeAdmin(subject, admin, owners, names);
          yield { connection, ...judged };
        }
      }
    }
  }
}

/** Why a space, or a part of it, is not judged; undefined where all of it is. */
function whyNotJudged(
  { space, gap }: SpaceSubject,
  owners: Set<string> | undefined,
): Judgement | undefined {
  if (space.type === 'personal') {
    return {
      verdict: 'not-applicable',
      reason: 'personal-space',
      facts: { 'spaces.type': space.type },
    };
  }
  if (!owners) {
    return { verdict: 'unknown', reason: 'owners-not-told', facts: {} };
  }
  return gap ? { verdict: 'unknown', reason: gap, facts: {} } : undefined;
}

/** Whoever administers a space is meant to. */
export const spaceAdminJustified: ConfluenceCheck<typeof parameters> = {
  id: 'priv.space-admin-justified',
  title: 'Spaces are administered by their owners',
  description:
    'Every account and group that administers a space is among its owners, which the parameter owners tells by space. A space whose owners are not told is unknown. Personal spaces are not judged.',
  severity: 'medium',
  subjectKind: 'access',
  requires: ['spaces', 'grants', 'groups'],
  listedBy: ['spaces'],
  improves: [],
  parameters,
  controls: controlsOf('priv.space-admin-justified'),
  howToFix: [
    'When the owners of the space are not told, name them in owners under confluenceCompliance.checks.priv.space-admin-justified in the configuration, as account ids or names of groups.',
    'When this account or group is meant to administer the space, add it there.',
    'When not, open the space, choose Space settings, then Space permissions, and take away the permission Admin on the tab Users or Groups.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
