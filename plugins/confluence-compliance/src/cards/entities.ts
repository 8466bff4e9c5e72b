// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';

const SPACE = 'atlassian.net/confluence-space';
const SITE = 'atlassian.net/site';

const spaceKinds = ['system', 'component', 'resource'];

const isKind = (entity: Entity, ...kinds: string[]) =>
  kinds.includes(entity.kind.toLocaleLowerCase('en-US'));
const hasType = (entity: Entity, type: string) => entity.spec?.type === type;
const hasAnnotation = (entity: Entity, name: string) =>
  entity.metadata.annotations?.[name] !== undefined;

/**
 * Whether an entity is a person, a team, or one of their mirrors from Confluence.
 *
 * @public
 */
export function isConfluenceAccessAvailable(entity: Entity): boolean {
  return (
    isKind(entity, 'user', 'group') ||
    (isKind(entity, 'resource') && hasType(entity, 'confluence-account'))
  );
}

/**
 * Whether an entity names its Confluence space in `atlassian.net/confluence-space`.
 *
 * @public
 */
export function isConfluenceSpaceAvailable(entity: Entity): boolean {
  return isKind(entity, ...spaceKinds) && hasAnnotation(entity, SPACE);
}

/** Whether an entity is the mirror of a Confluence site. */
export function isMirroredSite(entity: Entity): boolean {
  return isKind(entity, 'system') && hasAnnotation(entity, SITE);
}

/**
 * Whether the access to an entity may have to be reviewed: a site, or what names its space.
 *
 * @public
 */
export function isConfluenceAccessReviewAvailable(entity: Entity): boolean {
  return isMirroredSite(entity) || isConfluenceSpaceAvailable(entity);
}

/**
 * Whether an entity is the mirror of a Confluence page.
 *
 * @public
 */
export function isConfluencePolicyAvailable(entity: Entity): boolean {
  return isKind(entity, 'resource') && hasType(entity, 'confluence-page');
}

/**
 * Whether the Confluence tab has something to show for an entity.
 *
 * @public
 */
export function isConfluenceContentAvailable(entity: Entity): boolean {
  return (
    isConfluenceAccessReviewAvailable(entity) ||
    (isKind(entity, 'group') && hasType(entity, 'confluence-group'))
  );
}

const withSpace = {
  kind: { $in: spaceKinds },
  [`metadata.annotations.${SPACE}`]: { $exists: true },
} as const;
const site = {
  kind: 'system',
  [`metadata.annotations.${SITE}`]: { $exists: true },
} as const;

const people = { kind: { $in: ['user', 'group'] } };
const machines = { kind: 'resource', 'spec.type': 'confluence-account' };
const groups = { kind: 'group', 'spec.type': 'confluence-group' };

/** The same as predicates, which adopters can override in their configuration. */
export const filters = {
  access: { $any: [people, machines] },
  space: withSpace,
  review: { $any: [site, withSpace] },
  policy: { kind: 'resource', 'spec.type': 'confluence-page' },
  content: { $any: [site, withSpace, groups] },
};
