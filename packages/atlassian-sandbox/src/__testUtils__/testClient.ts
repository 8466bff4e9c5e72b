// SPDX-License-Identifier: Apache-2.0
import { Sandbox } from '../startSandbox';

/** The fields of a row that tests look at; a given answer has some of them. */
export interface Row {
  id: string;
  key: string;
  name: string;
  accountId: string;
  user: Row;
  type?: string;
  spacePermissions?: string[];
  principal?: {
    type?: string;
    id?: string;
    principalType?: string;
    principalId?: string;
  };
  operation?: { key: string; targetType: string };
  roleId?: string;
  productAccess?: { id: string; lastActiveTimestamp?: string }[];
  version: { number: number; createdAt: string };
}

/** The fields of a body that tests look at; a given answer has some of them. */
export interface Body extends Row {
  results: Row[];
  data: Row[];
  items: Row[];
  _links: { next?: string };
  links: { next?: string };
  errors: { status: number; code: string }[];
  read: {
    restrictions: { user: { results: Row[] }; group: { results: Row[] } };
  };
  access_token: string;
  refresh_token?: string;
  error: string;
  message: string;
  pageId: string;
  total: number;
  byEndpoint: Record<string, number>;
}

/** An answer as a test sees it; `body` is undefined at run time when it is not JSON. */
export interface Seen {
  status: number;
  headers: Headers;
  body: Body;
  text: string;
}

/** A small client for the tests of this package: the administrator on the site, the service account through the gateway. */
export class TestClient {
  readonly #sandbox: Sandbox;
  #token: string | undefined;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  basic(): string {
    const { email, token } = this.#sandbox.credentials.apiToken;
    return `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
  }

  async bearer(): Promise<string> {
    if (!this.#token)
      this.#token = await this.token(this.#sandbox.credentials.serviceAccount);
    return `Bearer ${this.#token}`;
  }

  async token(client: {
    clientId: string;
    clientSecret: string;
  }): Promise<string> {
    const { body } = await this.raw('/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: client.clientId,
        client_secret: client.clientSecret,
      }),
    });
    return String(body.access_token);
  }

  async raw(path: string, init: RequestInit = {}): Promise<Seen> {
    const response = await fetch(`${this.#sandbox.url}${path}`, init);
    const text = await response.text();
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      body = undefined;
    }
    return {
      status: response.status,
      headers: response.headers,
      body: body as Body,
      text,
    };
  }

  /** As the administrator, on the site. */
  async site(path: string, init: RequestInit = {}): Promise<Seen> {
    return this.raw(path, {
      ...init,
      headers: { authorization: this.basic(), ...init.headers },
    });
  }

  /** As the service account, through the gateway; `path` begins with `/wiki`. */
  async gateway(path: string, init: RequestInit = {}): Promise<Seen> {
    const { cloudId } = this.#sandbox.credentials.serviceAccount;
    return this.raw(`/ex/confluence/${cloudId}${path}`, {
      ...init,
      headers: { authorization: await this.bearer(), ...init.headers },
    });
  }

  /** A body as JSON, without credentials. */
  async send(path: string, body: unknown = {}): Promise<Seen> {
    return this.raw(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** With an access token, through the gateway. */
  async withToken(
    token: string,
    path: string,
    cloudId = this.#sandbox.world.cloudId,
  ): Promise<Seen> {
    return this.raw(`/ex/confluence/${cloudId}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  }

  async post(path: string, body: unknown): Promise<Seen> {
    return this.gateway(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** All rows of a list, by whatever next link it gives. */
  async all(path: string): Promise<Row[]> {
    const rows: Row[] = [];
    let at: string | undefined = path;
    while (at) {
      const { body }: Seen = await this.gateway(at);
      rows.push(...body.results);
      const next: string | undefined = body._links.next;
      at = next?.startsWith('/rest/') ? `/wiki${next}` : next;
    }
    return rows;
  }
}
