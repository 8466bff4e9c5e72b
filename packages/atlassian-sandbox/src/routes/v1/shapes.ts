// SPDX-License-Identifier: Apache-2.0
import { Account, Group, Page, Restriction, Space } from '../../world/types';
import { isoTime, titleOf } from '../../world/titles';
import { siteAccess } from '../../world/access';

/** A user as v1 writes it, with the fields that recordings show and the document does not name. */
export function v1User(
  account: Account,
  siteUrl: string,
  expand: ReadonlySet<string> = new Set(),
): Record<string, unknown> {
  const operations =
    siteAccess(account) === 'none'
      ? []
      : [{ operation: 'use', targetType: 'application' }];
  return {
    type: account.status === 'closed' ? 'unknown' : 'known',
    accountId: account.accountId,
    accountType: account.type === 'customer' ? '' : account.type,
    email: account.emailVisible ? account.email : '',
    publicName: account.publicName,
    displayName: account.displayName,
    profilePicture: {
      path: '/wiki/aa-avatar/default',
      width: 48,
      height: 48,
      isDefault: true,
    },
    isExternalCollaborator: account.guest,
    isGuest: account.guest,
    locale: 'en_US',
    accountStatus: account.status,
    timeZone: account.timeZone ?? null,
    ...(expand.has('operations') ? { operations } : {}),
    _expandable: {
      ...(expand.has('operations') ? {} : { operations: '' }),
      personalSpace: '',
    },
    _links: {
      self: `${siteUrl}/wiki/rest/api/user?accountId=${account.accountId}`,
    },
  };
}

export function v1Group(
  group: Group,
  siteUrl: string,
): Record<string, unknown> {
  return {
    type: 'group',
    name: group.name,
    id: group.id,
    usageType: group.usageType,
    managedBy: group.managedBy,
    resourceAri: `ari:cloud:identity::group/${group.id}`,
    _links: {
      self: `${siteUrl}/wiki/rest/experimental/group/byId/${group.id}`,
    },
  };
}

/** One operation of a page's restriction: direct ones only, never what a page above it inherits down. */
export function v1Restriction(
  page: Page,
  operation: 'read' | 'update',
  siteUrl: string,
  window: { start: number; limit: number },
): Record<string, unknown> {
  const restriction: Restriction | undefined = page[operation];
  const list = <T>(items: Iterable<T>, shape: (item: T) => unknown) => {
    const results = [...items]
      .slice(window.start, window.start + window.limit)
      .map(shape);
    return {
      results,
      start: window.start,
      limit: window.limit,
      size: results.length,
    };
  };
  return {
    operation,
    restrictions: {
      user: list(restriction?.accounts ?? [], account =>
        v1User(account, siteUrl),
      ),
      group: list(restriction?.groups ?? [], group => v1Group(group, siteUrl)),
    },
    _expandable: { content: `/rest/api/content/${page.id}` },
    _links: {
      self: `${siteUrl}/wiki/rest/api/content/${page.id}/restriction/byOperation/${operation}`,
    },
  };
}

function v1Space(space: Space, siteUrl: string): Record<string, unknown> {
  return {
    id: space.id,
    key: space.key,
    name: space.name,
    type: space.type,
    status: space.status,
    _expandable: {
      settings: `/rest/api/space/${space.key}/settings`,
      metadata: '',
      operations: '',
      homepage: `/rest/api/content/${space.homepageId}`,
    },
    _links: {
      webui: `/spaces/${space.key}`,
      self: `${siteUrl}/wiki/rest/api/space/${space.key}`,
    },
  };
}

/** A page as v1 writes it; `expand` is the caller's list. */
export function v1Content(
  page: Page,
  siteUrl: string,
  expand: ReadonlySet<string>,
): Record<string, unknown> {
  const has = (name: string) =>
    [...expand].some(item => item === name || item.startsWith(`${name}.`));
  const base = {
    id: String(page.id),
    type: 'page',
    status: page.status,
    title: titleOf(page),
  };
  const body: Record<string, unknown> = { ...base };
  if (has('space')) body.space = v1Space(page.space, siteUrl);
  if (has('version')) {
    body.version = {
      by: v1User(page.editor, siteUrl),
      when: isoTime(page.modifiedAt),
      friendlyWhen: isoTime(page.modifiedAt).slice(0, 10),
      message: '',
      number: page.version,
      minorEdit: false,
    };
  }
  if (has('ancestors')) {
    const ancestors: unknown[] = [];
    for (let at = page.parent; at; at = at.parent) {
      ancestors.unshift({
        id: String(at.id),
        type: 'page',
        status: at.status,
        title: titleOf(at),
        _links: {},
      });
    }
    body.ancestors = ancestors;
  }
  if (has('restrictions')) {
    const window = { start: 0, limit: 200 };
    body.restrictions = {
      read: v1Restriction(page, 'read', siteUrl, window),
      update: v1Restriction(page, 'update', siteUrl, window),
    };
  }
  if (has('metadata')) {
    const results = (page.labels ?? []).map(name => ({
      prefix: 'global',
      name,
      id: labelId(name),
      label: name,
    }));
    body.metadata = {
      labels: {
        results,
        start: 0,
        limit: 200,
        size: results.length,
        _links: {},
      },
    };
  }
  return {
    ...body,
    extensions: { position: 0 },
    _expandable: {
      container: `/rest/api/space/${page.space.key}`,
      history: `/rest/api/content/${page.id}/history`,
    },
    _links: {
      self: `${siteUrl}/wiki/rest/api/content/${page.id}`,
      tinyui: `/x/${page.id.toString(36)}`,
      editui: `/pages/resumedraft.action?draftId=${page.id}`,
      webui: `/spaces/${page.space.key}/pages/${page.id}`,
    },
  };
}

/** A label's id follows from its name. */
export function labelId(name: string): string {
  let hash = 0;
  for (const char of name)
    hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_000_000_007;
  return String(2_000_000_000 + hash);
}

/** The names in the `expand` parameter. */
export function expandOf(query: URLSearchParams): ReadonlySet<string> {
  return new Set(
    query
      .getAll('expand')
      .flatMap(text => text.split(','))
      .map(text => text.trim()),
  );
}
