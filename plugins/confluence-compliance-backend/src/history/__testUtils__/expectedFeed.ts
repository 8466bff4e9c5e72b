// SPDX-License-Identifier: Apache-2.0
import { Model } from './model';
import {
  AccountPayload,
  GroupPayload,
  IdentityLinkPayload,
  PagePayload,
  RestrictionPayload,
  SpacePayload,
} from '../datasets';

function rows<P>(model: Model, source: string, dataset: string) {
  return [...model.lane(source, dataset)].map(([key, row]) => ({
    key,
    payload: row.payload as P,
  }));
}

/** The states a consumer of the feed must end up with, by kind and id. */
export function expectedFeed(
  model: Model,
  connections: string[],
): Record<string, unknown> {
  const states: Record<string, unknown> = {};
  const links = model.lane('identity', 'identity_links');
  for (const source of connections) {
    const groups = rows<GroupPayload>(model, source, 'groups');
    const members = model.lane(source, 'memberships');
    for (const { key, payload } of rows<AccountPayload>(
      model,
      source,
      'accounts',
    )) {
      const link = links.get(key)?.payload as IdentityLinkPayload | undefined;
      states[`account ${source} ${key}`] = {
        title: model.names.get(key) ?? key,
        ...payload,
        groups: groups
          .map(group => group.key)
          .filter(group => members.has(`${group}/${key}`))
          .sort(),
        ...(link ? { person: link.person } : {}),
      };
    }
    for (const { key, payload } of groups) {
      const { name: title, managedBy, usageType } = payload;
      states[`group ${source} ${key}`] = { title, managedBy, usageType };
    }
    const spaces = model.lane(source, 'spaces');
    for (const { key, payload } of rows<SpacePayload>(
      model,
      source,
      'spaces',
    )) {
      const { name: title, ...rest } = payload;
      states[`space ${source} ${key}`] = { title, ...rest };
    }
    for (const { key, payload } of rows<PagePayload>(model, source, 'pages')) {
      const restriction = model.lane(source, 'restrictions').get(key)
        ?.payload as RestrictionPayload | undefined;
      if (model.labelled.has(`${source} ${key}`)) {
        const { title, status, version, versionAt, spaceId } = payload;
        states[`page ${source} ${key}`] = {
          title,
          status,
          version,
          versionAt,
          ...(spaces.has(spaceId) ? { space: spaceId } : {}),
          labels: model.lane(source, 'labels').has(`policy/${key}`)
            ? ['policy']
            : [],
          restriction: restriction?.read ?? 'unknown',
        };
      }
    }
  }
  return states;
}
