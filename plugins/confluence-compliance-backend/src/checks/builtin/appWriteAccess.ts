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
import { GONE } from './linkedPeople';
import { someOf } from './spaceSubjects';

const parameters = z
  .strictObject({
    /** Account ids of the apps that may change what stands in spaces. */
    approved: z.array(z.string().min(1)).optional(),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

/** An app, and what it may do beside reading. */
interface AppAccess {
  isGone: boolean;
  operations: Set<string>;
  spaces: Set<string>;
}

const READ = 'read';

async function appsOf(
  { data, signal }: CheckContext<Parameters>,
  connection: string,
): Promise<Map<string, AppAccess>> {
  const apps = new Map<string, AppAccess>();
  for await (const rows of data.accounts(connection)) {
    signal.throwIfAborted();
    for (const { key, payload } of rows) {
      if (payload.class === 'app') {
        const isGone = GONE.includes(payload.accountStatus.toLowerCase());
        apps.set(key, { isGone, operations: new Set(), spaces: new Set() });
      }
    }
  }
  return apps;
}

/** Adds what grants give them, by name and through groups. */
async function addGrants(
  data: CheckData,
  connection: string,
  apps: Map<string, AppAccess>,
): Promise<void> {
  const byGroup = new Map<string, AppAccess[]>();
  for await (const rows of data.memberships(connection)) {
    for (const { groupId, accountId } of rows.map(row => row.payload)) {
      const app = apps.get(accountId);
      if (app) {
        byGroup.set(groupId, [...(byGroup.get(groupId) ?? []), app]);
      }
    }
  }
  for await (const rows of data.grants(connection)) {
    for (const grant of rows.map(row => row.payload)) {
      const { principalType, principalId, operation, spaceId } = grant;
      if (operation === READ) {
        continue;
      }
      const app = principalType === 'account' && apps.get(principalId);
      const members =
        principalType === 'group' ? byGroup.get(principalId) : undefined;
      for (const { operations, spaces } of app ? [app] : members ?? []) {
        operations.add(operation);
        spaces.add(spaceId);
      }
    }
  }
}

function judge(
  accountId: string,
  { isGone, operations, spaces }: AppAccess,
  approved: string[] | undefined,
): Judgement {
  if (isGone) {
    const reason = 'account-not-active';
    return { verdict: 'not-applicable', reason, facts: {} };
  }
  if (operations.size === 0) {
    return { verdict: 'pass', reason: 'app-reads-only', facts: {} };
  }
  const facts = {
    'grants.operations': [...operations].sort(),
    ...someOf('grants.spaces', [...spaces]),
  };
  if (!approved) {
    return { verdict: 'unknown', reason: 'approved-apps-not-told', facts };
  }
  return approved.includes(accountId)
    ? { verdict: 'pass', reason: 'approved-app', facts, requires: [] }
    : { verdict: 'fail', reason: 'app-not-approved', facts };
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const { data, parameters: chosen } = context;
  for (const connection of context.connections) {
    const apps = await appsOf(context, connection);
    if (apps.size > 0) {
      await addGrants(data, connection, apps);
    }
    for (const [subjectId, app] of apps) {
      yield {
        connection,
        subjectId,
        ...judge(subjectId, app, chosen.approved),
      };
    }
  }
}

/** Apps that change what stands in spaces are known. */
export const appWriteAccess: ConfluenceCheck<typeof parameters> = {
  id: 'space.app-write-access',
  title: 'Only approved apps can change what stands in spaces',
  description:
    'Every app that may do more than read in a space, by its own account or through a group, is on the list of the parameter approved, by account id. Until the list is told, each of them is unknown. What an app may do by the scopes of its installation alone is not read.',
  severity: 'medium',
  subjectKind: 'account',
  requires: ['accounts', 'memberships', 'spaces', 'grants'],
  listedBy: ['accounts'],
  improves: [],
  parameters,
  controls: controlsOf('space.app-write-access'),
  howToFix: [
    'When the app is meant to write, add its account id to approved under confluenceCompliance.checks.space.app-write-access in the configuration.',
    'When nobody needs it, open Confluence settings, then Manage apps, find the app and press Uninstall.',
    'When it only needs to read, open each space, choose Space settings, then Space permissions, and take away its other permissions.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
