// SPDX-License-Identifier: Apache-2.0
import type { PresentSubject } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

type State<K extends PresentSubject['kind']> = PresentSubject<K>['state'];

const connection = 'acme';

export function site(name = 'acme-confluence-aaaa0000') {
  return {
    kind: 'site' as const,
    connection,
    id: connection,
    name,
    state: { title: 'Acme Confluence', site: 'https://acme.atlassian.net' },
  };
}

export function account(id: string, state: Partial<State<'account'>> = {}) {
  return {
    kind: 'account' as const,
    connection,
    id,
    name: `${id}-acc00000`,
    state: {
      title: `Account ${id}`,
      accountType: 'atlassian',
      accountStatus: 'active',
      class: 'person' as const,
      listed: true,
      groups: [],
      ...state,
    },
  };
}

export function group(id: string, state: Partial<State<'group'>> = {}) {
  return {
    kind: 'group' as const,
    connection,
    id,
    name: `${id}-grp00000`,
    state: {
      title: id,
      managedBy: 'ADMINS',
      usageType: 'USERBASE_GROUP',
      members: 1,
      ...state,
    },
  };
}

export function space(key: string, state: Partial<State<'space'>> = {}) {
  return {
    kind: 'space' as const,
    connection,
    id: `id-${key}`,
    name: `${key.replace(/\W/g, '').toLowerCase()}-spc00000`,
    state: {
      title: `Space ${key}`,
      key,
      type: 'global',
      status: 'current',
      ...state,
    },
  };
}

export function page(id: string, state: Partial<State<'page'>> = {}) {
  return {
    kind: 'page' as const,
    connection,
    id,
    name: `${id}-pag00000`,
    state: {
      title: `Page ${id}`,
      status: 'current',
      space: {
        id: 'id-POL',
        name: 'pol-spc00000',
        key: 'POL',
        type: 'global',
      },
      labels: ['policy'],
      restriction: 'open' as const,
      version: 3,
      ...state,
    },
  };
}

export function memberOf(...ids: string[]) {
  return ids.map(id => ({ id, name: group(id).name }));
}

/** Ref of the entity of a subject, in the default namespace of the module. */
export function refOf(kind: string, subject: { name: string }) {
  return `${kind}:confluence/${subject.name}`;
}
