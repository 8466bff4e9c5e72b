// SPDX-License-Identifier: Apache-2.0
import {
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  RELATION_HAS_MEMBER,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceAnnotations } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

/** What an entity of the catalog is in Confluence. */
export type CardSubject =
  | { kind: 'person'; person: string }
  | { kind: 'team'; people: string[] }
  | { kind: 'account'; connection: string; id: string }
  | { kind: 'group'; connection: string; id: string }
  | { kind: 'site'; connection: string }
  | { kind: 'page'; connection: string; id: string }
  | { kind: 'space'; connection: string; key: string; mirrored: boolean }
  /** It says that it is something, and nobody can tell what. */
  | { kind: 'unreadable'; reason: Reason };

/** Where the catalog module says its entities come from. */
const MIRROR = 'confluence:';

/**
 * What an entity is in Confluence: nothing, one thing, or a team or person that also names a space.
 *
 * A mirror is known by its origin, which the catalog sets: annotations are written by whoever owns
 * an entity, and must not make it the card of somebody else's account. A space may be named by any
 * entity.
 */
export function subjectsOf(entity: Entity): CardSubject[] {
  const mirrored = mirroredSubject(entity);
  const subjects: CardSubject[] = [];
  if (mirrored) {
    subjects.push(mirrored);
  } else if (!isMirror(entity)) {
    const kind = entity.kind.toLowerCase();
    if (kind === 'user') {
      subjects.push({ kind: 'person', person: stringifyEntityRef(entity) });
    } else if (kind === 'group') {
      subjects.push({ kind: 'team', people: membersOf(entity) });
    }
  }
  const space = entity.metadata.annotations?.[confluenceAnnotations.space];
  return space === undefined
    ? subjects
    : [...subjects, spaceNamed(space, isMirror(entity))];
}

function isMirror({ metadata }: Entity): boolean {
  const origin = metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
  return origin?.startsWith(MIRROR) ?? false;
}

/** Spaces are found by their annotation, as where another entity names one. */
function mirroredSubject(entity: Entity): CardSubject | undefined {
  if (!isMirror(entity)) {
    return undefined;
  }
  const origin = entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
  const [, connection, kind, id] =
    /^confluence:([^/]+)\/([^/]+)\/(.+)$/.exec(origin ?? '') ?? [];
  switch (kind) {
    case 'account':
    case 'group':
    case 'page':
      return { kind, connection, id };
    case 'site':
      return { kind, connection };
    default:
      return undefined;
  }
}

/** The distinct people that a group of the catalog has itself, not through another group. */
function membersOf({ relations = [] }: Entity): string[] {
  const people = relations
    .filter(({ type }) => type === RELATION_HAS_MEMBER)
    .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US'))
    .filter(ref => ref.startsWith('user:'));
  return [...new Set(people)];
}

function spaceNamed(annotation: string, mirrored: boolean): CardSubject {
  const [, connection, key] =
    /^\s*([^/\s]{1,63})\/([^/\s]{1,255})\s*$/.exec(annotation) ?? [];
  if (!connection || annotation.includes('\0')) {
    return {
      kind: 'unreadable',
      reason: {
        code: 'annotation-malformed',
        text: `The annotation ${confluenceAnnotations.space} must be the id of a connection and the key of a space, such as acme/ENG.`,
      },
    };
  }
  return { kind: 'space', connection, key, mirrored };
}
