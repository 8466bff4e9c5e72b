// SPDX-License-Identifier: Apache-2.0
import { DEMO_AUDIT, DemoSubject } from './demo/audit';
import { accountIdOf } from './ids';
import { Account, AuditObject, Group } from './types';
import { World } from './World';

const HOUR = 3600;

/** Writes the audit log of the fixed company; names stay as they were when it happened. */
export function buildAudit(
  world: World,
  groups: Map<string, Group>,
  now: number,
): void {
  const account = (name: string): Account => {
    const found = world.accounts.get(accountIdOf(name));
    if (!found) throw new Error(`The audit log names nobody called "${name}".`);
    return found;
  };
  const nameOf = ({ type, name }: DemoSubject): string => {
    if (type === 'User') return account(name).displayName;
    if (type === 'Group') return groups.get(name)?.name ?? name;
    if (type === 'Space') return world.spaceByKey(name)?.name ?? name;
    return name;
  };
  const object = (subject: DemoSubject): AuditObject => ({
    name: nameOf(subject),
    objectType: subject.type,
  });
  for (const [index, demo] of DEMO_AUDIT.entries()) {
    world.audit.push({
      author: account(demo.author),
      authorName: account(demo.author).displayName,
      remoteAddress: `192.0.2.${10 + index}`,
      createdAt: now - demo.daysAgo * 24 * HOUR + index * 600,
      category: demo.category,
      summary: demo.summary,
      sysAdmin: demo.sysAdmin ?? false,
      affected: object(demo.affected),
      associated: (demo.associated ?? []).map(object),
      changed: (demo.changed ?? []).map(([name, oldValue, newValue]) => ({
        name,
        oldValue,
        newValue,
      })),
    });
  }
}
