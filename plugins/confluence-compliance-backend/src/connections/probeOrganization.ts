// SPDX-License-Identifier: Apache-2.0
import type { Problem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { isFailure } from './failures';
import { organizationProblem } from './problems';
import { many, type ProbeContext, type Probed } from './probe';
import type { ConnectionDefinition } from './types';

/** How the key of an organization answered. */
export interface OrganizationAnswer {
  name?: string;
  /** How many users it has, as far as the first page says. */
  users?: string;
  problem?: Problem;
}

/** The organization's key on its own: whose it is, and whether it reads their directories. */
export async function probeOrganization({
  definition,
  opened,
  now,
  signal,
}: ProbeContext): Promise<OrganizationAnswer | undefined> {
  if (!definition.organization) {
    return undefined;
  }
  const { expiresAt } = definition.organization;
  if (!opened.organization) {
    return {
      problem: {
        code: 'no-credential',
        text: 'The key of the organization is not stored',
        cure: 'Enter it again.',
      },
    };
  }
  try {
    const { name } = await opened.organization.organization({ signal });
    const { items, next } = await opened.organization.users({ signal });
    return { name, users: many(items.length, next, 'user') };
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    return { problem: organizationProblem(error, { expiresAt, now }) };
  }
}

/** What an organization's key can read, as it answered; without one, that there is none. */
export function directoryOf(
  definition: ConnectionDefinition,
  organization: OrganizationAnswer | undefined,
): Probed[] {
  const none: Problem = {
    code: 'no-organization-key',
    text: `Needs an organization key. ${definition.title} has none.`,
    cure: 'Open admin.atlassian.com, Settings, API keys, create a key and add it to the connection.',
  };
  const problem = organization ? organization.problem : none;
  const found: Omit<Probed, 'dataset'> = problem
    ? { ability: 'cannot', problem }
    : {
        ability: 'can',
        saw: `${organization?.users} of ${organization?.name}`,
      };
  return [
    { dataset: 'directory', ...found },
    {
      dataset: 'credentials',
      ability: 'cannot',
      problem: {
        code: 'later',
        text: 'This version does not read API tokens and service accounts yet.',
      },
    },
  ];
}
