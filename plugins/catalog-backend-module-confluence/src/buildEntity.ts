// SPDX-License-Identifier: Apache-2.0
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_VIEW_URL,
  Entity,
  KubernetesValidatorFunctions,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { GROUP_RELATION_LIMIT } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  confluenceAnnotations as names,
  PresentSubject,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { EntityOptions } from './config';
import { personRef } from './person';
import { locationOf } from './refs';
import { cleanText } from './text';

/** What a subject does not say itself. */
export interface Surroundings {
  site(connection: string): { name: string; url: string } | undefined;
  /** Whether relations to this group may be shown. */
  showsGroup(name: string): boolean;
  /** Kinds at their ceiling, separated by commas; empty when there is none. */
  ceilings(): string;
}

/** The entity of a subject, whether or not the options want it. */
export function buildEntity(
  subject: PresentSubject,
  options: EntityOptions,
  around: Surroundings,
): Entity {
  switch (subject.kind) {
    case 'site':
      return entity(
        subject,
        options,
        'System',
        { type: 'saas' },
        {
          [names.site]: subject.state.site,
          [names.ceiling]: around.ceilings() || undefined,
          [ANNOTATION_VIEW_URL]: viewUrl(subject.state.site, ''),
        },
      );
    case 'space':
      return space(subject, options, around);
    case 'account':
      return account(subject, options, around);
    case 'group':
      return group(subject, options);
    case 'page':
      return page(subject, options, around);
    default:
      throw new Error(`Unknown kind '${(subject as PresentSubject).kind}'`);
  }
}

function space(
  subject: PresentSubject<'space'>,
  options: EntityOptions,
  around: Surroundings,
): Entity {
  const { key, status } = subject.state;
  const site = around.site(subject.connection);
  return entity(
    subject,
    options,
    'Resource',
    {
      type: 'confluence-space',
      system: site && ref('system', options, site.name),
    },
    {
      [names.space]: `${subject.connection}/${key}`,
      [names.spaceStatus]: status === 'current' ? undefined : status,
      [ANNOTATION_VIEW_URL]: viewUrl(
        site?.url,
        `/spaces/${encodeURIComponent(key)}`,
      ),
    },
  );
}

function page(
  subject: PresentSubject<'page'>,
  options: EntityOptions,
  around: Surroundings,
): Entity {
  const site = around.site(subject.connection);
  const { key, name } = subject.state.space;
  const path = `${encodeURIComponent(key ?? '')}/pages/${encodeURIComponent(
    subject.id,
  )}`;
  return entity(
    subject,
    options,
    'Resource',
    {
      type: 'confluence-page',
      system: site && ref('system', options, site.name),
      dependsOn: [ref('resource', options, name)],
    },
    {
      [names.page]: subject.id,
      [ANNOTATION_VIEW_URL]: key && viewUrl(site?.url, `/spaces/${path}`),
    },
  );
}

function group(
  subject: PresentSubject<'group'>,
  options: EntityOptions,
): Entity {
  const { members, title } = subject.state;
  const built = entity(
    subject,
    options,
    'Group',
    {
      type: 'confluence-group',
      profile: { displayName: cleanText(title, subject.id) },
      children: [],
    },
    {
      [names.groupId]: subject.id,
      [names.memberCount]:
        members > GROUP_RELATION_LIMIT ? String(members) : undefined,
    },
  );
  delete built.spec?.owner;
  return described(built, 'Confluence group', subject.connection);
}

function account(
  subject: PresentSubject<'account'>,
  options: EntityOptions,
  around: Surroundings,
): Entity {
  const { state } = subject;
  const annotations = {
    [names.accountId]: subject.id,
    [names.accountClass]: state.class,
    [names.accountStatus]:
      state.accountStatus === 'active' ? undefined : state.accountStatus,
    [names.person]: personRef(state.person, options.namespace),
  };
  const isPerson = state.class !== 'service' && state.class !== 'app';
  if (!isPerson || options.accounts === 'resource') {
    const site = around.site(subject.connection);
    const system = site && ref('system', options, site.name);
    const spec = { type: 'confluence-account', system };
    const built = entity(subject, options, 'Resource', spec, annotations);
    return described(built, 'Confluence account', subject.connection);
  }
  const memberOf = state.groups
    .map(({ name }) => name)
    .filter(KubernetesValidatorFunctions.isValidObjectName)
    .filter(name => around.showsGroup(name))
    .sort()
    .map(name => ref('group', options, name));
  const profile = { displayName: cleanText(state.title, subject.id) };
  const spec = { profile, memberOf };
  const built = entity(subject, options, 'User', spec, annotations);
  delete built.spec?.owner;
  return described(built, 'Confluence account', subject.connection);
}

/** Tells a mirror apart from the person or team of the same name. */
function described(built: Entity, what: string, connection: string): Entity {
  const description = `${what} in ${connection}`;
  return { ...built, metadata: { ...built.metadata, description } };
}

function entity(
  subject: PresentSubject,
  options: EntityOptions,
  kind: string,
  spec: Record<string, unknown>,
  annotations: Record<string, string | undefined>,
): Entity {
  return withoutUndefined({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      namespace: options.namespace,
      name: subject.name,
      title: cleanText(subject.state.title, subject.id),
      annotations: {
        ...annotations,
        [names.connection]: subject.connection,
        [ANNOTATION_LOCATION]: locationOf(subject),
        [ANNOTATION_ORIGIN_LOCATION]: locationOf(subject),
      },
    },
    spec: { owner: options.owner, ...spec },
  });
}

function ref(kind: string, { namespace }: EntityOptions, name: string): string {
  return stringifyEntityRef({ kind, namespace, name });
}

/** Links lead to web addresses only. */
function viewUrl(site: string | undefined, path: string): string | undefined {
  if (!site || !/^https?:\/\//.test(site)) {
    return undefined;
  }
  return `${site.replace(/\/+$/, '')}/wiki${path}`;
}

/** What the catalog stores is JSON, which knows no undefined. */
function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
