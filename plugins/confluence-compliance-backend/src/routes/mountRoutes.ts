// SPDX-License-Identifier: Apache-2.0
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import express, { ErrorRequestHandler, Request } from 'express';
import Router from 'express-promise-router';
import { audited } from './audited';
import { allows, authorize, AuthorizeDeps } from './authorize';
import { toApiError } from './errors';
import { nothing, parseRequest } from './parse';
import type { Route } from './route';

export interface MountDeps extends AuthorizeDeps {
  auditor: AuditorService;
  logger: LoggerService;
}

const refuseBadBody: ErrorRequestHandler = (_error, _req, _res, next) => {
  next(new InputError('The body must be a JSON object of at most 100 kB'));
};

/** Serves routes: authorize, parse, audit, call a room, answer. */
export function mountRoutes(routes: Route[], deps: MountDeps): express.Router {
  const router = Router();
  // Whatever it is called: a body that nobody reads would be lost without a word.
  const readBody = express.json({ limit: '100kb', type: () => true });
  router.use(readBody, refuseBadBody);
  for (const route of routes) {
    router[route.method](route.path, async (req, res) => {
      const answer = await run(route, req, deps).catch(error => {
        throw toApiError(error, deps.logger);
      });
      res.status(route.status);
      if (route.streams) {
        res.type(route.streams);
        await pipeline(Readable.from(answer as AsyncIterable<string>), res);
      } else if (route.answer) {
        res.json(answer);
      } else {
        res.end();
      }
    });
  }
  return router;
}

async function run(route: Route, req: Request, deps: MountDeps) {
  const act = async () => {
    const allowed = await authorize(deps, req, route);
    return route.handle({
      ...allowed,
      allows: permission => allows(deps, allowed.credentials, permission),
      params: parseRequest(route.params ?? nothing, req.params),
      query: parseRequest(route.query ?? nothing, req.query),
      body: parseRequest(route.body ?? nothing, req.body ?? {}),
    });
  };
  return route.audit
    ? audited(
        deps.auditor,
        req,
        {
          id: route.audit,
          meta: { ...req.params },
          madeOf: route.madeOf,
        },
        act,
      )
    : act();
}
