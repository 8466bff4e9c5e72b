// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { ReviewSummary } from '../../critical-systems';
import { MOST_BLOCKS, structureOf } from '../../policies';
import type { createTestChecks } from '.';
import {
  CONCERNS,
  RULE,
  SiteLine,
  SiteReview,
  SiteTeam,
} from './oversightSites';
import { idsOn, Site, SiteRead } from './sites';

const DAY_MS = 86_400_000;

const teamOf = (connection: string, n: number) =>
  `group:default/${connection}-t${n}`;

/** What is read of who may read the pages of a site. */
export function oversightReadsOf(
  connection: string,
  { oversight: { restrictions }, upkeep: { pages } }: Site,
): SiteRead[] {
  return restrictions
    ? [
        {
          container: {
            source: connection,
            dataset: 'restrictions',
            key: 'site',
          },
          rows: pages.flatMap((_, n) => {
            const read = restrictions[n];
            const from = read === 'inherited' ? 'pg9' : null;
            return read ? [{ key: `pg${n}`, payload: { read, from } }] : [];
          }),
        },
      ]
    : [];
}

/** The policies of a site with what each must say and whom it concerns. */
export function asked(connection: string, n: number) {
  return {
    structure: RULE,
    acknowledgedBy: CONCERNS[n].map(team => teamOf(connection, team)),
  };
}

type TestChecks = Awaited<ReturnType<typeof createTestChecks>>;

/** Makes known what people see to on a site, after the rest was read. */
export async function tellOversight(
  t: TestChecks,
  connection: string,
  { oversight }: Site,
): Promise<void> {
  const { texts, teams, acknowledgements, reviews, revoked } = oversight;
  const now = t.clock.now.getTime();
  const ago = (days: number) => new Date(now - days * DAY_MS).toISOString();
  for (const { policy, page, version, lines, isLong } of texts) {
    await t.structures.put(
      { policy: `p${policy}`, connection, pageId: `pg${page}` },
      RULE,
      {
        version,
        readAt: ago(0),
        ...(lines
          ? { found: structureOf(blocksOf(lines, isLong), RULE) }
          : { failed: 'page-not-shown' }),
      },
    );
  }
  for (const [n, team] of teams.entries()) {
    await tellTeam(t, teamOf(connection, n), team);
  }
  for (const own of acknowledgements) {
    await t.knex('policy_acknowledgements').insert({
      id: randomUUID(),
      policy: `p${own.policy}`,
      connection,
      page_id: `pg${own.page}`,
      person: `user:default/p${own.person}`,
      version: own.version,
      content_hash: '0',
      acknowledged_at: ago(own.daysAgo),
    });
  }
  t.reviews.seenAt = ago(oversight.seenDaysAgo);
  t.reviews.summaries = reviews.map((own, n) => ({
    id: `r${n}`,
    running: own.running,
    scope: scopeOf(connection, own),
    gaps: gapsOf(connection, own),
    ...(!own.running && { endedAt: ago(own.endedDaysAgo) }),
  }));
  t.reviews.revocations = new Map([
    [
      connection,
      revoked.map(({ state, daysAgo }, n) => ({
        key: `${connection}-i${n}`,
        payload: {
          dataset: 'grants' as const,
          container: idsOn(connection).space(0),
          principalType: 'account',
          principalId: idsOn(connection).account(n),
          decidedAt: daysAgo === null ? '' : ago(daysAgo),
          state,
        },
      })),
    ],
  ]);
}

function blocksOf(lines: SiteLine[], isLong: boolean): SiteLine[] {
  return isLong
    ? [...lines, ...Array(MOST_BLOCKS).fill({ text: 'And more.' })]
    : lines;
}

async function tellTeam(
  { groups, clock }: TestChecks,
  ref: string,
  { people, read }: SiteTeam,
): Promise<void> {
  const known = new Set(people.map(n => `user:default/p${n}`));
  const { now } = clock;
  if (read === 'never') {
    return;
  }
  if (read === 'long-ago') {
    clock.now = new Date(now.getTime() - 3 * DAY_MS);
  }
  await groups.put(ref, known);
  clock.now = now;
  if (read === 'not-found') {
    await groups.fail(ref, 'not-found');
  }
}

function scopeOf(
  connection: string,
  { over }: SiteReview,
): ReviewSummary['scope'] {
  const ids = idsOn(connection);
  const narrower = {
    site: {},
    space: { space: ids.space(0) },
    'other-space': { space: ids.space(1) },
    group: { group: ids.group(0) },
    system: { system: `space:${ids.space(0)}` },
  };
  return { connection, ...narrower[over] };
}

function gapsOf(connection: string, { gap }: SiteReview) {
  const ids = idsOn(connection);
  const gaps = {
    none: [],
    space: [{ dataset: 'grants', container: ids.space(0) }],
    group: [{ dataset: 'memberships', container: ids.group(0) }],
    'other-space': [{ dataset: 'grants', container: ids.space(1) }],
  };
  return gaps[gap];
}
