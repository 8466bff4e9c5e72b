// SPDX-License-Identifier: Apache-2.0
import express from 'express';
import Router from 'express-promise-router';
import { Parts } from '../server';

/** The part of the control that issues, changes and ends credentials. */
export function createCredentialRoutes(parts: Parts): express.Router {
  const { credentials, issuing, oauth } = parts;
  const router = Router();

  router.get('/secrets', (_request, response) => {
    response.json({ items: credentials.secrets() });
  });
  router.post('/scopes', (request, response) => {
    const { clientId, scopes } = request.body as {
      clientId: string;
      scopes: string[];
    };
    credentials.setScopes(clientId, scopes);
    response.status(204).end();
  });
  router.post('/expire-tokens', (_request, response) => {
    credentials.expireTokens();
    response.status(204).end();
  });

  router.post('/tokens', (request, response) => {
    response.status(201).json(issuing.issueApiToken(request.body));
  });
  router.post('/tokens/revoke', (request, response) => {
    issuing.revokeToken(String(request.body.token));
    response.status(204).end();
  });
  router.post('/clients', (request, response) => {
    response.status(201).json(issuing.issueClient(request.body));
  });
  router.post('/clients/rotate', (request, response) => {
    response.json(issuing.rotateClient(String(request.body.clientId)));
  });
  router.post('/organization/issue', (request, response) => {
    response.status(201).json(issuing.issueOrganizationKey(request.body ?? {}));
  });
  router.post('/organization/revoke', (_request, response) => {
    issuing.revokeOrganizationKeys();
    response.status(204).end();
  });

  const counters = () => {
    const { refreshes, reuses, familiesKilled } = oauth;
    return { refreshes, reuses, familiesKilled };
  };
  router.get('/oauth', (_request, response) => {
    response.json(counters());
  });
  router.post('/oauth', (request, response) => {
    const { accessTokenLifeMs, leewayMs } = request.body as {
      accessTokenLifeMs?: number;
      leewayMs?: number;
    };
    if (accessTokenLifeMs !== undefined)
      oauth.setAccessTokenLife(accessTokenLifeMs);
    if (leewayMs !== undefined) oauth.setLeeway(leewayMs);
    response.json(counters());
  });
  router.post('/oauth/authorize', (request, response) => {
    response.json({ code: oauth.authorize(request.body) });
  });
  router.post('/oauth/revoke', (_request, response) => {
    oauth.revokeGrants();
    response.json(counters());
  });
  return router;
}
