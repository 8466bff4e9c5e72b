// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { ObservedRow } from '../../history';
import type { createTestChecks } from '.';
import { asked } from './oversightReads';
import { page } from './required';
import { idsOn, Site, SiteRead } from './sites';
import { APPROVED_DAYS_AGO, POLICIES } from './upkeepSites';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** What is read of the upkeep of a site. */
export function upkeepReadsOf(
  connection: string,
  { upkeep, spaces, hasOrganization }: Site,
  now: Date,
): SiteRead[] {
  const { pages, labels, auditQuietHours, tokens } = upkeep;
  const ids = idsOn(connection);
  const ago = (days: number) =>
    new Date(now.getTime() - days * DAY_MS).toISOString();
  const source = `organization:${connection}`;
  const credentials = (key: string, rows: ObservedRow[]) => ({
    container: { source, dataset: 'credentials', key },
    rows,
  });
  const labelled = pages.flatMap(({ hasLabel, status }, n) =>
    hasLabel && status === 'current' ? [`pg${n}`] : [],
  );
  return [
    ...spaces.map((_, n) => ({
      container: { source: connection, dataset: 'pages', key: ids.space(n) },
      rows: pages.flatMap((own, m) => {
        const row = page(`pg${m}`, ids.space(n), own.title, own.status);
        const { touchedDaysAgo, version, owner } = own;
        const payload = {
          ...row.payload,
          version,
          versionAt: touchedDaysAgo === null ? null : ago(touchedDaysAgo),
          ownerId: owner === null ? null : ids.account(owner),
        };
        return own.space === n ? [{ ...row, payload }] : [];
      }),
    })),
    ...(labels
      ? [
          {
            container: { source: connection, dataset: 'labels', key: 'l1' },
            rows: [...labelled, ...(labels.onUnread ? ['pg9'] : [])].map(
              pageId => ({
                key: `l1/${pageId}`,
                payload: { pageId, label: 'l1' },
              }),
            ),
          },
        ]
      : []),
    ...(auditQuietHours === undefined
      ? []
      : [
          {
            container: { source: connection, dataset: 'audit', key: 'site' },
            rows: [],
          },
        ]),
    ...(hasOrganization
      ? [
          credentials('service-accounts', []),
          credentials(
            'api-tokens',
            tokens.map((own, n) => {
              const { madeDaysAgo, livesDays, usedDaysAgo } = own;
              const accountId = ids.account(own.owner);
              const ends =
                livesDays === null ? null : (madeDaysAgo ?? 0) - livesDays;
              return {
                key: `api-token/${connection}-t${n}`,
                payload: {
                  kind: 'api-token',
                  accountId,
                  status: own.status,
                  createdAt: madeDaysAgo === null ? null : ago(madeDaysAgo),
                  expiresAt: ends === null ? null : ago(ends),
                  createdBy: null,
                },
                credential: {
                  accountId,
                  label: 'script',
                  ...(usedDaysAgo !== null && { lastUsedAt: ago(usedDaysAgo) }),
                },
              };
            }),
          ),
        ]
      : []),
  ];
}

type TestChecks = Awaited<ReturnType<typeof createTestChecks>>;

/** Makes known what is not read of the upkeep of a site, after the rest was read. */
export async function tellUpkeep(
  t: TestChecks,
  connection: string,
  { upkeep, hasOrganization }: Site,
): Promise<void> {
  const { approvals, auditQuietHours, credentials, ages } = upkeep;
  const now = t.clock.now.getTime();
  t.config.policies = POLICIES.map(({ by }, n) => ({
    id: `p${n}`,
    title: `Policy ${n}`,
    connection,
    page: by,
    ...asked(connection, n),
  }));
  const datasets = ['groups', 'memberships', 'grants', ...Object.keys(ages)];
  t.known.datasets = [
    ...datasets,
    ...(hasOrganization ? ['directory'] : []),
  ] as typeof t.known.datasets;
  t.known.credentials = credentials.map((state, n) => ({
    name: `m${n}`,
    state,
  }));
  t.known.audit =
    auditQuietHours === undefined
      ? undefined
      : {
          readTo: t.clock.now.toISOString(),
          newestAt:
            auditQuietHours === null
              ? null
              : new Date(now - auditQuietHours * HOUR_MS).toISOString(),
          reachesTo: null,
        };
  for (const [dataset, hours] of Object.entries(ages)) {
    await t
      .knex('history_containers')
      .where({ source: connection, dataset })
      .update({ complete_at: new Date(now - hours * HOUR_MS).toISOString() });
  }
  for (const { policy, page: number, version, isMinor } of approvals) {
    await t.knex('policy_approvals').insert({
      id: randomUUID(),
      policy: `p${policy}`,
      connection,
      page_id: `pg${number}`,
      version,
      minor_edit: isMinor,
      content_hash: '0',
      blocks: '[]',
      approved_by: 'user:default/ana',
      approved_at: new Date(
        now - APPROVED_DAYS_AGO[version] * DAY_MS,
      ).toISOString(),
    });
  }
}
