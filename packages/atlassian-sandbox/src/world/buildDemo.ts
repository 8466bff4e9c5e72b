// SPDX-License-Identifier: Apache-2.0
import { DEMO_ACCOUNTS } from './demo/people';
import { DEMO_GROUPS } from './demo/groups';
import { DEMO_PAGES, DemoPage } from './demo/pages';
import { DEMO_SPACES, DemoSpace } from './demo/spaces';
import { WORLD_NOW } from './activity';
import { buildAudit } from './buildAudit';
import { grant, Operation, OPERATIONS } from './grants';
import { accountIdOf, uuidOf } from './ids';
import { Random } from './random';
import { Account, Group, Page, Restriction, Space } from './types';
import { World } from './World';

const DAY = 86400;
const { READ, WRITE, ADMIN } = OPERATIONS;

/** The fixed company: ids never depend on the seed, only times do. */
export function buildDemo(world: World, random: Random): void {
  for (const demo of DEMO_ACCOUNTS) {
    const accountId = accountIdOf(demo.name);
    world.accounts.set(accountId, {
      accountId,
      type: demo.type ?? 'atlassian',
      status: demo.status ?? 'active',
      displayName: demo.displayName,
      publicName: demo.displayName,
      email: demo.email,
      emailVisible: !demo.emailHidden,
      guest: demo.guest ?? false,
      timeZone:
        demo.person && demo.status !== 'closed'
          ? 'Europe/Copenhagen'
          : undefined,
      groups: new Set(),
      managed: demo.mfa !== undefined,
      mfaEnabled: demo.mfa,
      suspended: demo.suspended ?? false,
    });
    if (demo.person) {
      const { title, department, manager, departed } = demo.person;
      world.people.push({
        name: demo.name,
        displayName: demo.displayName.replace(' (Unlicensed)', ''),
        email: demo.email,
        title,
        department,
        manager,
        employment: departed ? 'departed' : 'employed',
        accountId,
      });
    }
  }
  const groups = new Map<string, Group>();
  for (const demo of DEMO_GROUPS) {
    const group: Group = {
      id: uuidOf(`group:${demo.slug}`),
      name: demo.name,
      managedBy: demo.managedBy ?? 'ADMINS',
      usageType: demo.usageType ?? 'USERBASE_GROUP',
      access: demo.access ?? 'none',
      members: new Set(),
    };
    groups.set(demo.slug, group);
    world.groups.set(group.id, group);
    for (const name of demo.members) join(account(world, name), group);
  }
  for (const demo of DEMO_SPACES) buildSpace(world, demo, groups, random);
  buildAudit(world, groups, WORLD_NOW);
}

export function join(member: Account, group: Group): void {
  group.members.add(member);
  member.groups.add(group);
}

function account(world: World, name: string): Account {
  const found = world.accounts.get(accountIdOf(name));
  if (!found) throw new Error(`The demo world names nobody called "${name}".`);
  return found;
}

function groupOf(groups: Map<string, Group>, slug: string): Group {
  const found = groups.get(slug);
  if (!found) throw new Error(`The demo world has no group "${slug}".`);
  return found;
}

function buildSpace(
  world: World,
  demo: DemoSpace,
  groups: Map<string, Group>,
  random: Random,
): void {
  const author = account(world, demo.author);
  const space: Space = {
    id: demo.id,
    key:
      demo.key === '~'
        ? `~${author.accountId.replace(/[^0-9a-z]/gi, '')}`
        : demo.key,
    name: demo.name,
    type: demo.type ?? 'global',
    status: demo.status ?? 'current',
    author,
    createdAt: WORLD_NOW - (900 + random.int(300)) * DAY,
    homepageId: undefined,
    description: demo.description,
    grants: [],
    assignments: [],
    roleGrants: [],
    pages: [],
  };
  world.spaces.set(space.id, space);
  const named: [readonly string[] | undefined, readonly Operation[]][] = [
    [demo.readers, READ],
    [demo.writers, WRITE],
    [demo.admins, ADMIN],
  ];
  for (const [slugs, operations] of named) {
    for (const slug of slugs ?? [])
      grant(space, 'group', groupOf(groups, slug).id, operations);
  }
  for (const name of demo.readerAccounts ?? [])
    grant(space, 'user', account(world, name).accountId, READ);
  for (const name of demo.adminAccounts ?? [])
    grant(space, 'user', account(world, name).accountId, ADMIN);
  if (demo.anonymous) grant(space, 'access-class', 'anonymous-users', READ);
  const restriction = (
    accounts: readonly string[] = [],
    slugs: readonly string[] = [],
  ): Restriction | undefined =>
    accounts.length + slugs.length === 0
      ? undefined
      : {
          accounts: new Set(accounts.map(name => account(world, name))),
          groups: new Set(slugs.map(slug => groupOf(groups, slug))),
        };
  const plant = (tree: DemoPage, parent: Page | undefined): void => {
    const pageAuthor = account(world, tree.author ?? demo.author);
    const createdAt =
      WORLD_NOW - (100 + random.int(700)) * DAY - random.int(DAY);
    const page: Page = {
      id: 98305 + world.pages.size * 16,
      title: tree.title,
      space,
      parent,
      status: tree.status ?? 'current',
      author: pageAuthor,
      owner: tree.owner ? account(world, tree.owner) : pageAuthor,
      editor: pageAuthor,
      createdAt,
      modifiedAt: createdAt + random.int(99 * DAY),
      version: 1 + random.int(12),
      labels: tree.labels ? [...tree.labels] : undefined,
      texts: tree.text === undefined ? undefined : new Map([[1, tree.text]]),
      read: restriction(tree.readAccounts, tree.readGroups),
      update: restriction([], tree.updateGroups),
    };
    world.pages.set(page.id, page);
    space.pages.push(page);
    for (const child of tree.children ?? []) plant(child, page);
  };
  const tree = DEMO_PAGES[demo.key];
  if (tree) {
    plant(tree, undefined);
    space.homepageId = space.pages[0].id;
  }
}
