// SPDX-License-Identifier: Apache-2.0
import type { AccessRule } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { isoDurationSchema } from './duration';
import { checkConnection, KnownConnection } from './known';
import { mistake } from './mistakes';
import { text } from './words';

/** A site or space of the configuration whose access must be reviewed. */
export interface CriticalSystemConfig {
  connection: string;
  /** Key of the space; absent where it is the site itself. */
  space?: string;
  owner?: string;
  /** ISO 8601 duration. */
  reviewEvery: string;
  rule: AccessRule;
}

/** How often access is reviewed where nothing else is said. */
export const REVIEW_EVERY = 'P6M';

/** Who may have access where nothing else is said. */
export const ALL_STAFF: AccessRule = { kind: 'all-staff' };

const accessSchema = z
  .union(
    [
      z.enum(['all-staff', 'reviewed']),
      z.strictObject({ groups: z.array(text).min(1) }),
    ],
    'must be all-staff, reviewed, or { groups: [names of groups] }',
  )
  .default('all-staff')
  .transform(
    (access): AccessRule =>
      typeof access === 'string'
        ? { kind: access }
        : { kind: 'groups', groups: [...new Set(access.groups)] },
  );

export const criticalSystemsSchema = z
  .array(
    z
      .strictObject({
        site: text.optional(),
        space: z
          .string()
          .regex(
            /^[^/\s]+\/[^/\s]+$/,
            'must be the id of a connection and the key of a space, such as acme/ENG',
          )
          .optional(),
        owner: text.optional(),
        reviewEvery: isoDurationSchema(REVIEW_EVERY),
        access: accessSchema,
      })
      .refine(
        ({ site, space }) => (site === undefined) !== (space === undefined),
        'must name either a site (the id of a connection) or a space (acme/ENG), not both',
      ),
  )
  .default([]);

/** Critical systems of connections that exist and can be reviewed, each named once. */
export function readCriticalSystems(
  systems: z.output<typeof criticalSystemsSchema>,
  connections: KnownConnection[],
): CriticalSystemConfig[] {
  const seen = new Map<string, number>();
  return systems.map(({ site, space, owner, reviewEvery, access }, index) => {
    const [connection, key] = site ? [site] : (space ?? '').split('/');
    const path = ['criticalSystems', index];
    checkConnection(connections, connection, 'access-review', [
      ...path,
      site ? 'site' : 'space',
    ]);
    const name = JSON.stringify([connection, key?.toLowerCase()]);
    const twin = seen.get(name);
    if (twin !== undefined) {
      throw mistake(
        path,
        `is the same system as criticalSystems[${twin}]: keep one of them`,
      );
    }
    seen.set(name, index);
    return { connection, space: key, owner, reviewEvery, rule: access };
  });
}
