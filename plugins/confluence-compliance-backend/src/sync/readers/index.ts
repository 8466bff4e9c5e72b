// SPDX-License-Identifier: Apache-2.0
import { together, type RunContext } from '../RunContext';
import { readAccounts } from './accounts';
import { readAudit } from './audit';
import { readCredentials } from './credentials';
import { readDirectory } from './directory';
import { readGrants } from './grants';
import { readGroups } from './groups';
import { readLabels } from './labels';
import { readMemberships } from './memberships';
import { readPagesFull } from './pages';
import { readPagesIncremental } from './recentPages';
import { readRestrictions } from './restrictions';
import { readSpaces } from './spaces';

/**
 * Reads everything of the plan that this run has not finished yet. People, content
 * and the organization do not wait for each other; within each, one needs what the other found.
 */
export async function readPlan(context: RunContext): Promise<void> {
  await context.loadFinished();
  await together([
    readPeople(context),
    readContent(context),
    readOrganization(context),
    readAudit(context),
  ]);
}

async function readPeople(context: RunContext): Promise<void> {
  if (context.parts.plan.access) {
    await readGroups(context);
    await readMemberships(context);
    await readAccounts(context);
  }
}

async function readOrganization(context: RunContext): Promise<void> {
  const { plan, organization } = context.parts;
  if (plan.directory && organization) {
    await readDirectory(context, organization);
    await readCredentials(context, organization);
  }
}

async function readContent(context: RunContext): Promise<void> {
  const { plan } = context.parts;
  if (plan.spaces) {
    await readSpaces(context);
  }
  if (plan.grants) {
    await readGrants(context);
  }
  if (plan.pages === 'full') {
    await readPagesFull(context);
  }
  if (plan.pages === 'incremental') {
    await readPagesIncremental(context);
  }
  if (plan.labels.length > 0) {
    await readLabels(context);
    await readRestrictions(context);
  }
}
