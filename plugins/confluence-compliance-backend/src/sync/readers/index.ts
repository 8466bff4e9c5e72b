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
 * Reads everything of the plan that this run has not finished yet. Nothing waits for what it does not
 * need: one list that is read to its end leaves the other places of the connection to others.
 */
export async function readPlan(context: RunContext): Promise<void> {
  await context.loadFinished();
  await together([
    readPeople(context),
    readSpacesAndPages(context),
    readLabelled(context),
    readAudit(context),
  ]);
}

async function readPeople(context: RunContext): Promise<void> {
  await readSite(context);
  // After the members: whoever is gone from a list is suspended only if that was so by then.
  await readOrganization(context);
}

async function readSite(context: RunContext): Promise<void> {
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

async function readSpacesAndPages(context: RunContext): Promise<void> {
  const { plan } = context.parts;
  if (plan.spaces) {
    await readSpaces(context);
  }
  await together([readAccess(context), readPages(context)]);
}

async function readAccess(context: RunContext): Promise<void> {
  if (context.parts.plan.grants) {
    await readGrants(context);
  }
}

async function readPages(context: RunContext): Promise<void> {
  const { pages } = context.parts.plan;
  if (pages === 'full') {
    await readPagesFull(context);
  }
  if (pages === 'incremental') {
    await readPagesIncremental(context);
  }
}

async function readLabelled(context: RunContext): Promise<void> {
  if (context.parts.plan.labels.length > 0) {
    await readLabels(context);
    await readRestrictions(context);
  }
}
