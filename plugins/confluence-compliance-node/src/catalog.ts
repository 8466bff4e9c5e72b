// SPDX-License-Identifier: Apache-2.0
import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  SubjectChange,
  SubjectKind,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** From a person's own `User` to the mirrored Confluence account. @public */
export const RELATION_HAS_ACCOUNT = 'hasAccount';

/** From a mirrored Confluence account to the person's own `User`. @public */
export const RELATION_ACCOUNT_OF = 'accountOf';

/** Annotations of mirrored entities. @public */
export const confluenceAnnotations = {
  /** Atlassian account id. */
  accountId: 'atlassian.net/account-id',
  /** What the account is: `person`, `service`, `app`, `guest` or `shared`. */
  accountClass: 'atlassian.net/account-class',
  /** Status of an account that is not active, as Atlassian says it. */
  accountStatus: 'atlassian.net/account-status',
  /** Entity ref of the person an account is linked to. */
  person: 'atlassian.net/person',
  /** Kinds of which no further entity is emitted, separated by commas. */
  ceiling: 'atlassian.net/catalog-ceiling',
  /** Id of the connection that an entity was read through. */
  connection: 'atlassian.net/connection',
  groupId: 'atlassian.net/confluence-group',
  /** Number of members of a group that is too large for relations. */
  memberCount: 'atlassian.net/member-count',
  /** Page id. */
  page: 'atlassian.net/confluence-page',
  /** Address of a site. */
  site: 'atlassian.net/site',
  /** `<connection>/<KEY>` */
  space: 'atlassian.net/confluence-space',
  /** Status of a space that is not current, as Confluence says it. */
  spaceStatus: 'atlassian.net/space-status',
} as const;

/** A subject of the changes feed that exists, by kind. @public */
export type PresentSubject<K extends SubjectKind = SubjectKind> = Extract<
  SubjectChange,
  { kind: K; gone: false }
>;

/**
 * Changes the entity that stands for a subject.
 *
 * @remarks
 * Receives undefined where the module's options leave the subject out. Returning undefined drops
 * it. Namespace, name, kind, location annotations and the missing email of a `User` are fixed: the
 * module puts them back, or skips the entity where the kind differs.
 *
 * @public
 */
export type ConfluenceTransformer<K extends SubjectKind> = (
  entity: Entity | undefined,
  subject: PresentSubject<K>,
) => Entity | undefined | Promise<Entity | undefined>;

/** At most one transformer for each kind of subject. @public */
export type ConfluenceTransformers = {
  [K in SubjectKind]?: ConfluenceTransformer<K>;
} & {
  /** Part of the fingerprint: another version has every entity made again. */
  version: string;
};

/** Changes what the catalog module emits. @public */
export interface ConfluenceCatalogTransformersExtensionPoint {
  /** Throws when transformers were already set. */
  setTransformers(transformers: ConfluenceTransformers): void;
}

/** For modules of the catalog plugin. @public */
export const confluenceCatalogTransformersExtensionPoint =
  createExtensionPoint<ConfluenceCatalogTransformersExtensionPoint>({
    id: 'catalog.confluence-transformers',
  });
