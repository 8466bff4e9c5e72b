// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import {
  type ConfluenceAuth,
  type ConfluenceClientOptions,
  createConfluenceClient,
} from '../index';

/** A request as the server saw it. */
export interface SeenRequest {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What the server is to answer; an object is sent as JSON. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export type Handler = (
  request: SeenRequest,
  response: ServerResponse,
) => Reply | undefined | Promise<Reply | undefined>;

/** A local server that notes what it is asked. */
export interface TestServer {
  url: string;
  seen: SeenRequest[];
  /** A handler that gives `undefined` answers by itself. */
  handle: Handler;
  server: Server;
}

const started: Server[] = [];
const clients: Array<{ close(): Promise<void> }> = [];

export async function startServer(
  handle: Handler = () => ({ status: 404, body: {} }),
): Promise<TestServer> {
  const server = createServer();
  const result: TestServer = { url: '', seen: [], handle, server };
  server.on('request', async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const seen: SeenRequest = {
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://test.invalid'),
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    result.seen.push(seen);
    const reply = await result.handle(seen, response);
    if (reply) {
      const { status = 200, headers, body = {} } = reply;
      response.writeHead(status, {
        'content-type': 'application/json;charset=UTF-8',
        ...headers,
      });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  started.push(server);
  const { port } = server.address() as AddressInfo;
  result.url = `http://127.0.0.1:${port}`;
  return result;
}

/** A clock that stands still but for sleeping, and remembers how long that was. */
export function fakeClock(start = '2026-11-21T10:20:00Z') {
  let time = Date.parse(start);
  const sleeps: number[] = [];
  return {
    sleeps,
    advance: (ms: number) => {
      time += ms;
    },
    now: () => time,
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      sleeps.push(ms);
      time += ms;
    },
    random: () => 0.5,
  };
}

export const token = 'ATATT3x-s3cret/+token=';
export const email = 'robot@acme.example';

/** A client with an API token, on a fake clock. */
export function clientOf(
  server: TestServer,
  options: Partial<ConfluenceClientOptions> = {},
) {
  return closing(
    createConfluenceClient({
      site: server.url,
      authUrl: server.url,
      apiUrl: server.url,
      auth: { method: 'api-token', email, token },
      ...fakeClock(),
      ...options,
    }),
  );
}

/** Closes it with the servers. */
export function closing<T extends { close(): Promise<void> }>(client: T): T {
  clients.push(client);
  return client;
}

export async function stopAll() {
  await Promise.all(clients.splice(0).map(client => client.close()));
  for (const server of started.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
}

/** Gives the error of a call, and fails when there is none. */
export async function errorOf(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    return error as Error;
  }
  throw new Error('the call did not fail');
}

/** Everything a logger could get out of a value. */
export function everythingIn(value: unknown): string {
  const error = value as Error;
  return [
    inspect(value, { depth: 20, showHidden: true }),
    JSON.stringify(value),
    String(value),
    error?.message,
    error?.stack,
    inspect(error?.cause, { depth: 20, showHidden: true }),
  ].join('\n');
}

/** A secret in the forms it could turn up in. */
export function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
    Buffer.from(`${email}:${secret}`).toString('base64'),
    Buffer.from(secret).toString('hex'),
  ];
}

export const me: Reply = { body: { type: 'known', accountId: 'me' } };

export const secret = 'cl13nt/s3cret+value==';

export const serviceAccount: ConfluenceAuth = {
  method: 'service-account',
  clientId: 'client-1',
  clientSecret: secret,
};

export const scopedToken: ConfluenceAuth = {
  method: 'scoped-api-token',
  email,
  token,
};

/** A grant that gives these tokens, the next one after each refusal, the last one for good. */
export function grantOf(tokens: string[]) {
  const discarded: string[] = [];
  return {
    method: 'oauth' as const,
    discarded,
    tokens: {
      token: async () => tokens[Math.min(discarded.length, tokens.length - 1)],
      discard: (refused: string) => {
        discarded.push(refused);
      },
    },
  };
}

/** A small platform: tokens, resources, tenant info, and Confluence behind the gateway. */
export function platform(
  server: TestServer,
  options: {
    token?: (request: SeenRequest, count: number) => Reply;
    resources?: () => Reply;
    tenant?: () => Reply;
    api?: (request: SeenRequest) => Reply;
  } = {},
) {
  let tokens = 0;
  server.handle = request => {
    const { pathname } = request.url;
    if (pathname === '/oauth/token') {
      tokens += 1;
      return (
        options.token?.(request, tokens) ?? {
          body: { access_token: `token-${tokens}`, expires_in: 3600 },
        }
      );
    }
    if (pathname === '/oauth/token/accessible-resources') {
      return (
        options.resources?.() ?? {
          body: [
            { id: 'other', url: 'https://other.example' },
            { id: 'cloud-1', url: server.url, scopes: ['read:jira'] },
            { id: 'cloud-1', url: server.url },
          ],
        }
      );
    }
    if (pathname === '/_edge/tenant_info') {
      return options.tenant?.() ?? { body: { cloudId: 'cloud-2' } };
    }
    return options.api?.(request) ?? me;
  };
}
