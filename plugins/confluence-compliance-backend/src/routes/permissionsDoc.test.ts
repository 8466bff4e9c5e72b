// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { confluenceCompliancePermissions } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { complianceRoleGrants } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { allRoutes } from '.';
import type { Rooms } from './rooms';
import type { Route } from './route';

const FILE = join('docs', 'permissions.md');
const PREFIX = 'confluence-compliance.';

/** The rows of the table with these first columns, without layout. */
function tableOf(...columns: string[]): string[][] {
  const root = join(__dirname, '..', '..', '..', '..');
  const rows = readFileSync(join(root, FILE), 'utf8')
    .split('\n')
    .map(line =>
      line.startsWith('|')
        ? line
            .slice(1, -1)
            .split('|')
            .map(cell => cell.trim().replaceAll('`', ''))
        : [],
    );
  const head = rows.findIndex(row =>
    columns.every((name, i) => row[i] === name),
  );
  const end = rows.findIndex((row, i) => i > head && row.length === 0);
  return head < 0 ? [] : rows.slice(head + 2, end);
}

const short = (name: string) => name.slice(PREFIX.length);

function noteOf({ servicesOnly, narrows, permissions, resourceRef }: Route) {
  if (servicesOnly) {
    return 'services of the configuration only';
  }
  if (narrows) {
    return 'under a condition only the accounts it holds for';
  }
  return permissions.some(one => isResourcePermission(one))
    ? expect.stringMatching(resourceRef ? /^of (that|the) / : /^of all /)
    : expect.any(String);
}

describe('docs/permissions.md', () => {
  const documented = tableOf('method', 'path', 'permission', 'notes');
  const routes = allRoutes({} as Rooms);
  const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

  it.each(routes.map(route => [nameOf(route), route] as const))(
    'has a row for %s',
    (name, route) => {
      const rows = documented.filter(
        ([method, path]) => `${method} ${path}` === name,
      );
      const permissions = route.permissions.map(one => short(one.name));
      expect(rows).toEqual([
        [...name.split(' '), permissions.join(', '), noteOf(route)],
      ]);
    },
  );

  it('has no rows of routes that are not there', () => {
    const names = routes.map(nameOf);
    expect(
      documented
        .map(([method, path]) => `${method} ${path}`)
        .filter(name => !names.includes(name)),
    ).toEqual([]);
  });

  it('names every permission with its action', () => {
    const rows = tableOf('permission', 'action', 'allows', 'rule');
    expect(rows.map(([name, action]) => `${name} ${action}`).sort()).toEqual(
      confluenceCompliancePermissions
        .map(({ name, attributes }) => `${name} ${attributes.action}`)
        .sort(),
    );
    expect(rows.filter(([, , , rule]) => rule).map(([name]) => name)).toEqual(
      expect.arrayContaining(
        confluenceCompliancePermissions
          .filter(one => isResourcePermission(one))
          .map(({ name }) => name),
      ),
    );
  });

  it('says what every role may', () => {
    const [roles] = Object.values(complianceRoleGrants).map(Object.keys);
    const rows = tableOf('permission', ...roles);
    expect(
      Object.fromEntries(
        rows.map(([name, ...grants]) => [
          PREFIX + name,
          Object.fromEntries(roles.map((role, i) => [role, grants[i]])),
        ]),
      ),
    ).toEqual(complianceRoleGrants);
  });
});
