// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckData,
  CheckGrant,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import { aboutSpace, principalsBySpace, spacesOf } from './spaceSubjects';

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

function onPrincipal(
  { spaceId, principalType, principalId }: CheckGrant,
  groupName: string | undefined,
): Pick<CheckResult, 'subjectId' | 'facts' | 'about'> {
  return {
    subjectId: `space:${spaceId}|${principalType}/${principalId}`,
    facts: {
      'grants.principal': `${principalType}/${principalId}`,
      ...(groupName !== undefined && { 'groups.name': groupName }),
    },
    about: {
      ...aboutSpace(spaceId),
      ...(principalType === 'account' && { account: principalId }),
    },
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
    for await (const { spaceId, space, gap } of spacesOf(context, connection)) {
      const about = aboutSpace(spaceId);
      const own = { connection, subjectId: `space:${spaceId}`, about };
      if (space.type === 'personal') {
        const facts = { 'spaces.type': space.type };
        yield {
          ...own,
          verdict: 'not-applicable',
          reason: 'personal-space',
          facts,
        };
        continue;
      }
      const owners = told.get(`${connection}/${space.key}`.toLowerCase());
      if (!owners) {
        const facts = { 'spaces.key': space.key };
        yield { ...own, verdict: 'unknown', reason: 'owners-not-told', facts };
        continue;
      }
      if (gap) {
        yield { ...own, verdict: 'unknown', reason: gap, facts: {} };
      }
      for (const grant of admins.get(spaceId) ?? []) {
        const { principalType, principalId } = grant;
        const isGroup = principalType === 'group';
        const name = isGroup ? names.get(principalId) : undefined;
        const isOwner =
          owners.has(principalId) || (name !== undefined && owners.has(name));
        yield {
          connection,
          ...onPrincipal(grant, name),
          ...(isOwner
            ? { verdict: 'pass', reason: 'approved-owner', requires: [], gap }
            : {
                verdict: 'fail',
                reason: 'admin-not-owner',
                // A group whose name was not read may be one that is told.
                restsOnAbsence: isGroup && name === undefined,
                requires: ['groups'],
              }),
        };
      }
    }
  }
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
