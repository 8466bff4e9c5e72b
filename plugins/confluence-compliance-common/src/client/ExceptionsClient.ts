// SPDX-License-Identifier: Apache-2.0
import type {
  ExceptionPage,
  RequestedExceptions,
  RequestExceptions,
} from '../schemas/exceptions';
import { ReviewsClient } from './ReviewsClient';
import type { ExceptionsQuery } from './queries';
import { type CallOptions, path } from './Requests';

/** The calls about exceptions of findings. @public */
export class ExceptionsClient extends ReviewsClient {
  /** Exceptions of findings. */
  listExceptions(
    query: ExceptionsQuery = {},
    options?: CallOptions,
  ): Promise<ExceptionPage> {
    return this.get('/exceptions', query, options);
  }

  /** Asks for exceptions of findings; somebody else must approve them. */
  requestExceptions(
    body: RequestExceptions,
    options?: CallOptions,
  ): Promise<RequestedExceptions> {
    return this.write('POST', '/exceptions', body, options);
  }

  /** Makes an exception live. */
  async approveException(
    id: string,
    body: { note?: string } = {},
    options?: CallOptions,
  ): Promise<void> {
    await this.post(path`/exceptions/${id}/approve`, body, options);
  }

  /** Refuses an exception. */
  async rejectException(
    id: string,
    body: { note: string },
    options?: CallOptions,
  ): Promise<void> {
    await this.post(path`/exceptions/${id}/reject`, body, options);
  }

  /** Withdraws what one asked for, while it waits. */
  async withdrawException(
    id: string,
    body: { note?: string } = {},
    options?: CallOptions,
  ): Promise<void> {
    await this.post(path`/exceptions/${id}/withdraw`, body, options);
  }

  /** Ends an exception before its time. */
  async endException(
    id: string,
    body: { note: string },
    options?: CallOptions,
  ): Promise<void> {
    await this.post(path`/exceptions/${id}/end`, body, options);
  }

  private async post(
    url: string,
    body: object,
    options?: CallOptions,
  ): Promise<void> {
    await this.request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: options?.signal,
    });
  }
}
