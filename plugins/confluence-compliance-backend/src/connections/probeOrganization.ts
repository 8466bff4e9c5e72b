// SPDX-License-Identifier: Apache-2.0
import type { Problem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { isFailure } from './failures';
import { organizationProblem } from './problems';
import { type CredentialsAnswer, probeCredentials } from './probeCredentials';
import { many, type ProbeContext, type Probed } from './probe';
import type { ConnectionDefinition } from './types';

/** How the key of an organization answered. */
export interface OrganizationAnswer {
  name?: string;
  /** How many users it has, as far as the first page says. */
  users?: string;
  credentials?: CredentialsAnswer;
  problem?: Problem;
}

/** The organization's key on its own: whose it is, and whether it reads their directories. */
export async function probeOrganization(
  context: ProbeContext,
): Promise<OrganizationAnswer | undefined> {
  const { definition, opened, now, signal } = context;
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
  const credentials = await probeCredentials(context);
  try {
    const { name } = await opened.organization.organization({ signal });
    const { items, next } = await opened.organization.users({ signal });
    return { name, users: many(items.length, next, 'user'), credentials };
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    return {
      problem: organizationProblem(error, { expiresAt, now }),
      credentials,
    };
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
      ...credentialsFound(organization?.credentials, problem),
    },
  ];
}

/** What is wrong with the key itself is said first, unless the key reads something all the same. */
function credentialsFound(
  { saw, problems }: CredentialsAnswer = { saw: [], problems: [] },
  ofKey?: Problem,
): Omit<Probed, 'dataset'> {
  if (saw.length === 0) {
    return { ability: 'cannot', problem: ofKey ?? problems[0] };
  }
  const found = saw.join(', ');
  return problems.length > 0
    ? { ability: 'partly', saw: found, problem: problems[0] }
    : { ability: 'can', saw: found };
}
