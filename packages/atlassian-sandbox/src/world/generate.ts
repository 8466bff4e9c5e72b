// SPDX-License-Identifier: Apache-2.0
import { WORLD_NOW } from './activity';
import { buildApiTokens } from './apiTokens';
import { buildDemo, join } from './buildDemo';
import { buildRoles } from './buildRoles';
import { grant, OPERATIONS } from './grants';
import { uuidOf } from './ids';
import { Random } from './random';
import { Account, Group, Page, Space } from './types';
import { World } from './World';

/** How big a world is; numbers count the fixed company in. @public */
export interface WorldSize {
  accounts: number;
  pages: number;
  groups: number;
  spaces: number;
}

/** @public */
export type SizeName = 'demo' | 'S' | 'M' | 'L';

const SIZES: Readonly<Record<Exclude<SizeName, 'demo'>, WorldSize>> = {
  S: { accounts: 500, pages: 5_000, groups: 50, spaces: 20 },
  M: { accounts: 5_000, pages: 50_000, groups: 250, spaces: 60 },
  L: { accounts: 100_000, pages: 1_000_000, groups: 2_000, spaces: 300 },
};

const FIRST = [
  'Alva',
  'Bento',
  'Cleo',
  'Davor',
  'Elif',
  'Femi',
  'Gwen',
  'Hana',
  'Idris',
  'Jun',
  'Kofi',
  'Lena',
  'Mona',
  'Noor',
  'Oskar',
  'Petra',
  'Ravi',
  'Sana',
  'Theo',
  'Uma',
];
const LAST = [
  'Abara',
  'Brandt',
  'Costa',
  'Dvorak',
  'Ekman',
  'Ferrow',
  'Gallo',
  'Haddad',
  'Ivers',
  'Jansen',
  'Kimura',
  'Lund',
  'Moreau',
  'Novak',
  'Osei',
  'Park',
  'Quist',
  'Rossi',
  'Silva',
  'Toth',
];
const LABELS = ['runbook', 'design', 'notes', 'decision', 'how-to'];
const DAY = 86400;

/** Builds the company and, for other sizes, as many more accounts, groups, spaces and pages as asked. */
export function buildWorld(
  size: SizeName | Partial<WorldSize>,
  seed: number,
): World {
  const world = buildCompany(size, seed);
  buildRoles(world);
  buildApiTokens(world);
  return world;
}

function buildCompany(
  size: SizeName | Partial<WorldSize>,
  seed: number,
): World {
  const world = new World({
    cloudId: uuidOf('cloud:northwind'),
    secondCloudId: uuidOf('cloud:northwind-labs'),
    orgId: uuidOf('organization:northwind'),
    siteTitle: 'Northwind',
    seed,
  });
  const random = new Random(seed);
  buildDemo(world, random);
  world.fixedAccounts = world.accounts.size;
  if (size === 'demo') return world;
  const wanted: Partial<WorldSize> =
    typeof size === 'string' ? SIZES[size] : size;
  const everybody = [...world.groups.values()].find(
    group => group.access === 'user',
  );
  if (!everybody)
    throw new Error('The fixed company has no group that gives a seat.');
  const accounts = addAccounts(world, wanted.accounts ?? 0, everybody, seed);
  const groups = addGroups(world, wanted.groups ?? 0, accounts, random);
  const spaces = addSpaces(
    world,
    wanted.spaces ?? 0,
    groups,
    everybody,
    random,
  );
  addPages(world, wanted.pages ?? 0, spaces, random);
  return world;
}

function addAccounts(
  world: World,
  wanted: number,
  everybody: Group,
  seed: number,
): Account[] {
  for (let n = world.accounts.size; n < wanted; n++) {
    const name = `${FIRST[n % FIRST.length]} ${
      LAST[Math.floor(n / FIRST.length) % LAST.length]
    } ${n}`;
    const managed = n % 25 !== 7;
    const domain = managed ? 'northwind.example' : 'partner.example';
    const member: Account = {
      accountId: `712020:${uuidOf(`account:${seed}:${n}`)}`,
      type: 'atlassian',
      status: n % 97 === 0 ? 'inactive' : 'active',
      displayName: name,
      publicName: name,
      email: `${name.toLowerCase().replaceAll(' ', '.')}@${domain}`,
      emailVisible: n % 10 !== 0,
      guest: false,
      timeZone: 'Europe/Copenhagen',
      groups: new Set(),
      managed,
      mfaEnabled: managed && n % 71 !== 9 ? n % 20 !== 0 : undefined,
      suspended: n % 89 === 5,
    };
    world.accounts.set(member.accountId, member);
    join(member, everybody);
  }
  return [...everybody.members];
}

function addGroups(
  world: World,
  wanted: number,
  accounts: Account[],
  random: Random,
): Group[] {
  const added: Group[] = [];
  for (let n = world.groups.size; n < wanted; n++) {
    const group: Group = {
      id: uuidOf(`group:generated:${n}`),
      name: `team-${String(n).padStart(5, '0')}`,
      managedBy: n % 3 === 0 ? 'EXTERNAL' : 'ADMINS',
      usageType: 'USERBASE_GROUP',
      access: 'none',
      members: new Set(),
    };
    world.groups.set(group.id, group);
    added.push(group);
  }
  if (added.length > 0) {
    for (const member of accounts) {
      const teams = 1 + random.int(4);
      for (let i = 0; i < teams; i++) join(member, random.pick(added));
    }
  }
  return added.length > 0 ? added : [...world.groups.values()];
}

function addSpaces(
  world: World,
  wanted: number,
  groups: Group[],
  everybody: Group,
  random: Random,
): Space[] {
  for (let n = world.spaces.size; n < wanted; n++) {
    const team = random.pick(groups);
    const author =
      team.members.values().next().value ?? [...everybody.members][0];
    const space: Space = {
      id: 131072 + n,
      key: `S${n}`,
      name: `Space ${n}`,
      type: 'global',
      status: n % 25 === 0 ? 'archived' : 'current',
      author,
      createdAt: WORLD_NOW - (300 + random.int(900)) * DAY,
      homepageId: undefined,
      description: '',
      grants: [],
      assignments: [],
      roleGrants: [],
      pages: [],
    };
    if (n % 10 !== 0) grant(space, 'group', everybody.id, OPERATIONS.READ);
    grant(space, 'group', team.id, OPERATIONS.WRITE);
    grant(space, 'user', author.accountId, OPERATIONS.ADMIN);
    world.spaces.set(space.id, space);
  }
  return [...world.spaces.values()].slice(6);
}

function addPages(
  world: World,
  wanted: number,
  spaces: Space[],
  random: Random,
): void {
  const into = spaces.length > 0 ? spaces : [...world.spaces.values()];
  for (let n = world.pages.size; n < wanted; n++) {
    const space = into[n % into.length];
    const editor = space.author;
    const createdAt =
      WORLD_NOW - (100 + random.int(900)) * DAY - random.int(DAY);
    const page: Page = {
      id: 1_000_000 + n,
      title: undefined,
      space,
      parent:
        space.pages.length > 0
          ? space.pages[random.int(Math.min(space.pages.length, 40))]
          : undefined,
      status: n % 50 === 0 ? 'archived' : 'current',
      author: editor,
      owner: editor,
      editor,
      createdAt,
      modifiedAt: createdAt + random.int(99 * DAY),
      version: 1 + random.int(20),
      labels: labelsOf(n),
      read: undefined,
      update: undefined,
    };
    if (page.parent?.status !== undefined && page.parent.status !== 'current')
      page.parent = space.pages[0];
    if (page.parent && n % 211 === 0)
      page.read = { accounts: new Set([editor]), groups: new Set() };
    world.pages.set(page.id, page);
    if (space.homepageId === undefined) {
      page.status = 'current';
      space.homepageId = page.id;
    }
    space.pages.push(page);
  }
}

function labelsOf(n: number): string[] | undefined {
  if (n % 500 === 0) return ['policy'];
  return n % 7 === 0 ? [LABELS[n % LABELS.length]] : undefined;
}
