// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok, Refusal, v1Error } from '../../api';
import { siteAccess } from '../../world/access';
import { AuditRecord } from '../../world/types';
import { v1Page } from './paging';

const MOST = 1000;

/** A moment of the query in milliseconds since 1970, or the fallback. */
function momentOf(
  query: URLSearchParams,
  name: string,
  fallback: number,
): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,15}$/.test(text))
    throw new Refusal(
      v1Error(
        400,
        `com.atlassian.confluence.api.service.exceptions.BadRequestException: ${name} must be a time in milliseconds`,
      ),
    );
  return Number(text);
}

function textOf(record: AuditRecord): string {
  return [
    record.authorName,
    record.remoteAddress,
    record.category,
    record.summary,
    ...[record.affected, ...record.associated].map(({ name }) => name),
    ...record.changed.flatMap(({ name, oldValue, newValue }) => [
      name,
      oldValue,
      newValue,
    ]),
  ]
    .join('\n')
    .toLowerCase();
}

function shape(record: AuditRecord): Record<string, unknown> {
  const { author } = record;
  return {
    author: {
      type: 'user',
      displayName: record.authorName,
      operations: null,
      accountId: author.accountId,
      accountType: author.type,
      publicName: author.publicName,
      isExternalCollaborator: author.guest,
      isGuest: author.guest,
    },
    remoteAddress: record.remoteAddress,
    creationDate: record.createdAt * 1000,
    summary: record.summary,
    description: '',
    category: record.category,
    sysAdmin: record.sysAdmin,
    superAdmin: false,
    affectedObject: record.affected,
    changedValues: record.changed.map(value => ({
      ...value,
      hiddenOldValue: '',
      hiddenNewValue: '',
    })),
    associatedObjects: record.associated,
  };
}

function audit(request: ApiRequest): Answer {
  const { world, caller, query } = request;
  const access = siteAccess(caller.account);
  const administers = access === 'admin' || access === 'site-admin';
  if (!administers && !caller.seesEverything)
    return v1Error(
      403,
      'com.atlassian.confluence.api.service.exceptions.PermissionException: Only Confluence administrators can view the audit log.',
    );
  const from = momentOf(query, 'startDate', 0);
  const to = momentOf(query, 'endDate', Infinity);
  const wanted = (query.get('searchString') ?? '').toLowerCase();
  const records = world.audit.filter(record => {
    const time = record.createdAt * 1000;
    return time >= from && time <= to && textOf(record).includes(wanted);
  });
  return ok(
    v1Page(request, '/audit', records, shape, { limit: MOST, max: MOST }),
  );
}

export const auditEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    template: '/wiki/rest/api/audit',
    guard: 'site',
    scopes: [['read:audit-log:confluence']],
    answer: audit,
  },
];
