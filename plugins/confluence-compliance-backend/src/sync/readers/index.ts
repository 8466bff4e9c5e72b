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
  const spaces = readSpacesOfSite(context);
  const grants = spaces.then(() => readGrantsOfSpaces(context));
  await together([
    grants,
    readPeople(context, grants),
    spaces.then(() => readPages(context)),
    readLabelled(context),
    readAudit(context),
  ]);
}

/**
 * Accounts are read after memberships and grants, and the organization after them: that somebody whose
 * access is gone was active, and not suspended, proves something only where it was seen after that.
 */
async function readPeople(
  context: RunContext,
  grants: Promise<void>,
): Promise<void> {
  const { plan, organization } = context.parts;
  if (plan.access) {
    await readGroups(context);
    await readMemberships(context);
  }
  await grants;
  if (plan.access) {
    await readAccounts(context);
  }
  if (plan.directory && organization) {
    await readDirectory(context, organization);
    await readCredentials(context, organization);
  }
}

async function readSpacesOfSite(context: RunContext): Promise<void> {
  if (context.parts.plan.spaces) {
    await readSpaces(context);
  }
}

async function readGrantsOfSpaces(context: RunContext): Promise<void> {
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
