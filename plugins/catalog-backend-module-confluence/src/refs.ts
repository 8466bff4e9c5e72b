// SPDX-License-Identifier: Apache-2.0
import {
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  KubernetesValidatorFunctions,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  SubjectChange,
  SubjectKind,
  subjectKindSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** The one location key of all our entities. */
export const locationKey = 'confluence-compliance';

const locationPrefix = 'confluence:';

/** Entity kinds that a subject can have become, the usual one first. */
export const entityKinds: Record<SubjectKind, string[]> = {
  site: ['System'],
  space: ['Resource'],
  account: ['User', 'Resource'],
  group: ['Group'],
  page: ['Resource'],
};

export type Subject = Pick<
  SubjectChange,
  'kind' | 'connection' | 'id' | 'name'
>;

/** All refs under which the catalog can hold a subject. */
export function possibleRefs(subject: Subject, namespace: string): string[] {
  return entityKinds[subject.kind].map(kind =>
    stringifyEntityRef({ kind, namespace, name: subject.name }),
  );
}

/** A name that no ref can be made of never comes near the catalog. */
export function hasValidName(subject: Subject): boolean {
  return KubernetesValidatorFunctions.isValidObjectName(subject.name);
}

export function locationOf(subject: Subject): string {
  return `${locationPrefix}${subject.connection}/${subject.kind}/${subject.id}`;
}

/** What an entity of ours stands for; undefined for the entities of others. */
export function subjectOf(
  entity: Entity,
): { connection: string; kind: SubjectKind } | undefined {
  const location = entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
  if (!location?.startsWith(locationPrefix)) {
    return undefined;
  }
  const [connection, kind] = location.slice(locationPrefix.length).split('/');
  const parsed = subjectKindSchema.safeParse(kind);
  return parsed.success ? { connection, kind: parsed.data } : undefined;
}
