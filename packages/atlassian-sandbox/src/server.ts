// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import express, { NextFunction, Request, Response } from 'express';
import Router from 'express-promise-router';
import { Answer, Endpoint, Refusal } from './api';
import { Addressed, authenticate } from './auth/authenticate';
import { Credentials } from './auth/Credentials';
import { Changes } from './control/Changes';
import { applyChange } from './control/changeNames';
import { CredentialControl } from './control/CredentialControl';
import { OAuthControl } from './control/OAuthControl';
import { Counters } from './Counters';
import { nameOf } from './endpoints';
import { distort, statusAnswer } from './faults/distort';
import { Faults } from './faults/Faults';
import { FaultSpec } from './faults/types';
import { pointsOf } from './points';
import { Site, siteOfHost } from './sites';
import { World } from './world/World';

/** What the server is made of; one of each a sandbox. */
export interface Parts {
  world: World;
  credentials: Credentials;
  /** Issues and ends credentials by the names of accounts. */
  issuing: CredentialControl;
  oauth: OAuthControl;
  changes: Changes;
  faults: Faults;
  counters: Counters;
  endpoints: readonly Endpoint[];
  latencyMs: number;
  now: () => Date;
  /** The sites; known once the port is. */
  sites: () => readonly Site[];
}

const HOURLY_POINTS = 65_000;

const isAnswer = (value: object): value is Answer => 'status' in value;

function ordinary(
  parts: Parts,
  endpoint: Endpoint,
  request: Request,
  addressed: Addressed,
  query: URLSearchParams,
): Answer {
  const caller = authenticate(parts.credentials, endpoint, request, addressed);
  if (caller && isAnswer(caller)) return caller;
  const nobody = {
    account: [...parts.world.accounts.values()][0],
    scopes: new Set<string>(),
    seesEverything: false,
  };
  try {
    return endpoint.answer({
      world: parts.world,
      caller: caller ?? nobody,
      site: addressed.site,
      siteUrl: addressed.site.url,
      sites: parts.sites(),
      params: request.params,
      query,
      body: request.body,
    });
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function send(response: Response, answer: Answer, parts: Parts): void {
  const left = Math.max(0, HOURLY_POINTS - parts.counters.points);
  const reset = new Date(
    Math.ceil((parts.now().getTime() + 1) / 3_600_000) * 3_600_000,
  );
  response.set({
    'x-ratelimit-limit': String(HOURLY_POINTS),
    'x-ratelimit-remaining': String(left),
    'x-ratelimit-nearlimit': String(left < HOURLY_POINTS / 5),
    'x-ratelimit-reset': reset.toISOString(),
    'atl-traceid': 'sandbox',
  });
  response.status(answer.status).set(answer.headers ?? {});
  if (answer.body === undefined) response.end();
  else if (typeof answer.body === 'string') response.send(answer.body);
  else response.json(answer.body);
}

function lowered(query: URLSearchParams, faults: readonly FaultSpec[]): void {
  for (const fault of faults) {
    if (fault.kind !== 'lower-limit') continue;
    for (const name of ['limit', 'pageSize']) {
      const asked = Number(query.get(name) ?? Infinity);
      query.set(name, String(Math.min(asked, fault.limit)));
    }
  }
}

async function handle(
  parts: Parts,
  endpoint: Endpoint,
  request: Request,
  response: Response,
): Promise<void> {
  const { counters, faults, changes } = parts;
  const name = nameOf(endpoint);
  const addressed: Addressed = response.locals.addressed;
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  counters.enter(name);
  // An answer that does not get through costs its request.
  let points = pointsOf(endpoint, { status: 500 });
  try {
    if (parts.latencyMs > 0) await sleep(parts.latencyMs);
    const striking = faults.strike(name, [
      ...Object.values(request.params),
      ...query.values(),
    ]);
    for (const fault of striking) {
      if (fault.kind === 'slow') await sleep(fault.ms);
      if (fault.kind === 'stall') await faults.stall(gone.signal);
    }
    if (gone.signal.aborted) return;
    if (striking.some(fault => fault.kind === 'reset')) {
      request.socket.destroy();
      return;
    }
    const html = striking.find(fault => fault.kind === 'html');
    const status = striking.find(fault => fault.kind === 'status');
    if (html) {
      response
        .status(html.status ?? 200)
        .type('html')
        .send('<!doctype html><title>Just a moment</title><p>Please wait.</p>');
    } else if (status) {
      send(response, statusAnswer(status, name), parts);
    } else {
      lowered(query, striking);
      let answer = ordinary(parts, endpoint, request, addressed, query);
      for (const fault of striking) answer = distort(answer, fault, query);
      points = pointsOf(endpoint, answer);
      if (striking.some(fault => fault.kind === 'invalid-json')) {
        const text = JSON.stringify(answer.body) ?? '{}';
        answer = {
          ...answer,
          headers: { 'content-type': 'application/json' },
          body: text.slice(0, Math.ceil(text.length / 2)),
        };
      }
      // The world changes before the answer leaves, so that the next request is sure to see it.
      for (const fault of striking)
        if (fault.kind === 'change') applyChange(changes, fault);
      send(response, answer, parts);
    }
  } finally {
    counters.leave(points);
  }
}

/** The stand-in APIs as one express router. */
export function createApi(parts: Parts): express.Router {
  const router = Router();
  router.use(express.json({ limit: '1mb', type: 'application/json' }));
  router.use(express.urlencoded({ extended: false }));
  router.use((request, response, next) => {
    const gateway = /^\/ex\/confluence\/([^/]+)(\/wiki(?:\/|$).*)/.exec(
      request.url,
    );
    const site = gateway
      ? parts.sites().find(({ cloudId }) => cloudId === gateway[1])
      : siteOfHost(parts.sites(), request.headers.host);
    if (!site) {
      response.status(404).json({ code: 404, message: 'Not Found' });
      return;
    }
    const onSite = !gateway && request.url.startsWith('/wiki');
    const addressed: Addressed = {
      channel: onSite ? 'site' : 'gateway',
      site,
    };
    response.locals.addressed = addressed;
    if (gateway) request.url = gateway[2];
    next();
  });
  for (const endpoint of parts.endpoints) {
    const path = endpoint.template.replace(/\{(\w+)\}/g, ':$1');
    const handler = (request: Request, response: Response) =>
      handle(parts, endpoint, request, response);
    if (endpoint.method === 'GET') router.get(path, handler);
    if (endpoint.method === 'POST') router.post(path, handler);
    if (endpoint.method === 'DELETE') router.delete(path, handler);
  }
  router.use((request, response) => {
    response.status(404).json({
      message: `null for uri: ${
        siteOfHost(parts.sites(), request.headers.host).url
      }${request.path}`,
      'status-code': 404,
    });
  });
  router.use(
    (
      error: Error & { status?: number },
      _request: Request,
      response: Response,
      _next: NextFunction,
    ) => {
      const status = error.status ?? 500;
      response
        .status(status)
        .json({ statusCode: status, message: error.message });
    },
  );
  return router;
}
