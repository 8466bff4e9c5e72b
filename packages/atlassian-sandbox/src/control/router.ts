// SPDX-License-Identifier: Apache-2.0
import express from 'express';
import Router from 'express-promise-router';
import { nameOf } from '../endpoints';
import { FaultSpec } from '../faults/types';
import { Parts } from '../server';
import { spaceAccess } from '../world/access';
import { applyChange, CHANGE_NAMES, isChangeName } from './changeNames';
import { createCredentialRoutes } from './credentialRoutes';

/** What a test or a demo does to the sandbox from another process; open to everybody who reaches the port. */
export function createControl(parts: Parts): express.Router {
  const { world, changes, faults, counters } = parts;
  const router = Router();
  router.use(express.json({ limit: '1mb' }));

  router.get('/endpoints', (_request, response) => {
    response.json({ items: parts.endpoints.map(nameOf) });
  });
  router.get('/changes', (_request, response) => {
    response.json({ items: CHANGE_NAMES });
  });
  router.post('/changes/:change', (request, response) => {
    const { change } = request.params;
    if (!isChangeName(change))
      throw new Error(
        `change "${change}" does not exist; GET /sandbox/changes lists them.`,
      );
    const answer = applyChange(changes, { change, args: request.body });
    response.json({
      revision: world.revision,
      ...(typeof answer === 'object' ? answer : {}),
    });
  });

  router.get('/faults', (_request, response) => {
    response.json({ items: faults.list(), stalled: faults.stalled });
  });
  router.post('/faults', (request, response) => {
    response.status(201).json({ id: faults.add(request.body as FaultSpec) });
  });
  router.post('/faults/release', (_request, response) => {
    faults.release();
    response.status(204).end();
  });
  router.delete('/faults/:id?', (request, response) => {
    faults.clear(request.params.id);
    response.status(204).end();
  });

  router.get('/requests', (_request, response) => {
    const { total, peak, points, byEndpoint } = counters;
    response.json({ total, peak, points, byEndpoint });
  });
  router.delete('/requests', (_request, response) => {
    counters.reset();
    response.status(204).end();
  });

  router.use(createCredentialRoutes(parts));

  router.get('/people', (_request, response) => {
    response.json({ items: world.people });
  });
  router.get('/effective-access', (request, response) => {
    const { accountId = '', space, site = world.cloudId } = request.query;
    const cloudId = changes.site(String(site));
    response.json(
      space === undefined
        ? world.effectiveAccess(String(accountId), cloudId)
        : {
            items: spaceAccess(
              changes.account(String(accountId)),
              changes.space(String(space)),
              world.roleModeOf(cloudId),
            ),
          },
    );
  });
  router.get('/who-can-see', (request, response) => {
    const { pageId = '', site = world.cloudId } = request.query;
    const cloudId = changes.site(String(site));
    response.json({ items: world.whoCanSee(String(pageId), cloudId) });
  });

  router.use((_request, response) => {
    response.status(404).json({
      message: 'There is no such path below /sandbox; README.md lists them.',
    });
  });
  router.use(
    (
      error: Error,
      _request: express.Request,
      response: express.Response,
      _next: express.NextFunction,
    ) => {
      response.status(400).json({ message: error.message });
    },
  );
  return router;
}
