// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';

/** Sends one request; `path` starts with a slash and is relative to the plugin's API. @public */
export type SendRequest = (
  path: string,
  init?: RequestInit,
) => Promise<Response>;

/** Options of one call. @public */
export interface CallOptions {
  signal?: AbortSignal;
}

/** Parameters of a query by name. @public */
export type Query = Record<string, string | number | undefined>;

/** Sends requests to the plugin's HTTP API. @public */
export class Requests {
  readonly #send: SendRequest;

  constructor(options: { send: SendRequest }) {
    this.#send = options.send;
  }

  /** Asks for something. */
  protected get<T>(
    url: string,
    query: Query,
    options?: CallOptions,
  ): Promise<T> {
    return this.json(withQuery(url, query), { signal: options?.signal });
  }

  /** Changes something. */
  protected write<T>(
    method: 'POST' | 'PUT',
    url: string,
    body: unknown,
    options?: CallOptions,
  ): Promise<T> {
    return this.json(url, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      signal: options?.signal,
    });
  }

  private async json<T>(url: string, init: RequestInit): Promise<T> {
    const response = await this.request(url, init);
    return (await response.json()) as T;
  }

  /** Sends anything; a `ResponseError` unless the backend answers with success. */
  protected async request(url: string, init: RequestInit): Promise<Response> {
    const response = await this.#send(url, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

/** An address with its parameters. */
export function withQuery(url: string, query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      params.set(name, String(value));
    }
  }
  return params.size ? `${url}?${params}` : url;
}

/** A path whose values are escaped. */
export function path(parts: TemplateStringsArray, ...values: string[]): string {
  return String.raw({ raw: parts }, ...values.map(encodeURIComponent));
}
