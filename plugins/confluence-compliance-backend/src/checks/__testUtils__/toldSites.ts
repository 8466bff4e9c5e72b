// SPDX-License-Identifier: Apache-2.0

/** Connections of all sites that a test may make. */
const CONNECTIONS = Array.from({ length: 2_000 }, (_, n) => `site${n}`);

/** The same of each site, by the id of an account that has the number. */
const byAccount = <T>(values: Record<number, T>): Record<string, T> =>
  Object.fromEntries(
    CONNECTIONS.flatMap(connection =>
      Object.entries(values).map(([n, value]) => [
        `${connection}-a${n}`,
        value,
      ]),
    ),
  );

const person = (name: string) => `user:default/${name}`;

/** Who answers for whom from outside, by number, and whether that holds. */
export const SPONSORS: Record<
  number,
  { sponsor: string; until: string; holds: boolean }
> = {
  1: { sponsor: person('employed'), until: '2026-03-10', holds: true },
  2: { sponsor: person('Employed'), until: '2027-01-01', holds: true },
  3: { sponsor: person('left'), until: '2027-01-01', holds: false },
  4: { sponsor: person('missing'), until: '2027-01-01', holds: false },
  5: { sponsor: person('nobody'), until: '2027-01-01', holds: false },
  6: { sponsor: person('employed'), until: '2026-03-09', holds: false },
};

/** Who answers for service accounts, by number, and what that comes to. */
export const SERVICE_OWNERS = {
  1: { owner: person('employed'), verdict: 'pass' },
  2: { owner: 'group:default/operations', verdict: 'pass' },
  3: { owner: person('Left'), verdict: 'fail' },
  4: { owner: person('missing'), verdict: 'warning' },
  5: { owner: person('nobody'), verdict: 'fail' },
} as const;

/** Who may be an administrator, by number, and how many. */
export const APPROVED_ADMINS = [1, 2, 3];
export const MOST_ADMINS = 2;

/** Apps that may write, by number. */
export const APPROVED_APPS = [1, 2, 3, 4, 5];

/** What the configuration tells of every site. */
export const told = {
  admins: {
    approved: Object.keys(
      byAccount(Object.fromEntries(APPROVED_ADMINS.map(n => [n, true]))),
    ),
    most: MOST_ADMINS,
  },
  apps: {
    approved: Object.keys(
      byAccount(Object.fromEntries(APPROVED_APPS.map(n => [n, true]))),
    ),
  },
  external: {
    approved: byAccount(
      Object.fromEntries(
        Object.entries(SPONSORS).map(([n, { sponsor, until }]) => [
          n,
          { sponsor, until },
        ]),
      ),
    ),
  },
  services: {
    owners: byAccount(
      Object.fromEntries(
        Object.entries(SERVICE_OWNERS).map(([n, { owner }]) => [n, owner]),
      ),
    ),
  },
};
