// SPDX-License-Identifier: Apache-2.0
import express, { RequestHandler } from 'express';
import Router from 'express-promise-router';
import type { Parts } from '../server';
import type { Page } from '../world/types';
import { World } from '../world/World';

/** One request as it came, to be sent again. */
export interface RecordedRequest {
  method: string;
  /** Path with its query. */
  path: string;
  body?: unknown;
}

/** How long the lists are that a connection reads; all spaces count, hidden ones too. */
export interface ListLengths {
  groups: number;
  /** By group. */
  members: number[];
  /** What the user search finds. */
  users: number;
  /** Accounts that the search or a group names. */
  accounts: number;
  spaces: number;
  /** By space. */
  permissions: number[];
  /** By space, of every state. */
  pages: number[];
  /** By asked label, current pages only. */
  labelled: number[];
  /** Pages above those, without them. */
  ancestors: number;
  /** Records of the audit log. */
  audit: number;
}

/** The lengths of all lists of a world, counted in the world itself. */
export function lengthsOf(
  world: World,
  labels: readonly string[],
): ListLengths {
  const accounts = [...world.accounts.values()];
  const spaces = [...world.spaces.values()];
  const labelled = labels.map(label =>
    [...world.pages.values()].filter(
      page => page.status === 'current' && page.labels?.includes(label),
    ),
  );
  const found = new Set(labelled.flat());
  const ancestors = new Set<Page>();
  for (const page of found) {
    for (let at = page.parent; at; at = at.parent) ancestors.add(at);
  }
  return {
    groups: world.groups.size,
    members: [...world.groups.values()].map(({ members }) => members.size),
    users: accounts.filter(({ status }) => status === 'active').length,
    accounts: accounts.filter(
      ({ status, groups }) => status === 'active' || groups.size > 0,
    ).length,
    spaces: spaces.length,
    permissions: spaces.map(({ grants }) => grants.length),
    pages: spaces.map(({ pages }) => pages.length),
    labelled: labelled.map(pages => pages.length),
    ancestors: [...ancestors].filter(page => !found.has(page)).length,
    audit: world.audit.length,
  };
}

/**
 * What measurements need of the sandbox: routes below `/sandbox`, and a handler before the stand-in
 * APIs that notes what they are asked while a recording is on.
 */
export function createMeasuring(parts: Parts): {
  routes: express.Router;
  record: RequestHandler;
} {
  const { world } = parts;
  let recorded: RecordedRequest[] | undefined;

  const routes = Router();
  routes.put('/latency', express.json(), (request, response) => {
    const { ms } = request.body as { ms?: unknown };
    if (!Number.isInteger(ms) || Number(ms) < 0) {
      response.status(400).json({ message: 'ms must be a whole number.' });
      return;
    }
    parts.latencyMs = Number(ms);
    response.status(204).end();
  });
  routes.put('/recording', (_request, response) => {
    recorded = [];
    response.status(204).end();
  });
  routes.delete('/recording', (_request, response) => {
    response.json({ items: recorded ?? [] });
    recorded = undefined;
  });
  routes.get('/lists', (request, response) => {
    const labels = new URLSearchParams(request.url.split('?')[1]);
    response.json(lengthsOf(world, labels.getAll('label')));
  });
  routes.get('/employees', (request, response) => {
    const offset = Number(request.query.offset ?? 0);
    const departed = new Set(
      world.people
        .filter(({ employment }) => employment === 'departed')
        .map(({ accountId }) => accountId),
    );
    const items = [...world.accounts.values()]
      .filter(
        ({ type, email, guest }) => type === 'atlassian' && email && !guest,
      )
      .slice(offset, offset + 500)
      .map(({ accountId, displayName, email }) => ({
        displayName,
        email,
        departed: departed.has(accountId),
      }));
    response.json({ items });
  });

  return {
    routes,
    record: (request, response, next) => {
      const { method, originalUrl: path } = request;
      // The body is parsed further on.
      response.once('finish', () =>
        recorded?.push({
          method,
          path,
          ...(method === 'POST' && { body: request.body }),
        }),
      );
      next();
    },
  };
}
