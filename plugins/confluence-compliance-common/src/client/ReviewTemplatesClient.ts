// SPDX-License-Identifier: Apache-2.0
import type { Page } from '../schemas/lists';
import type {
  ReviewTemplate,
  ReviewTemplateInput,
} from '../schemas/reviewTemplates';
import { ConnectionsClient } from './ConnectionsClient';
import { type CallOptions, path } from './Requests';

/** The calls about templates of reviews that recur. @public */
export class ReviewTemplatesClient extends ConnectionsClient {
  /** Templates of the configuration and of the portal, by id. */
  listReviewTemplates(options?: CallOptions): Promise<Page<ReviewTemplate>> {
    return this.get('/review-templates', {}, options);
  }

  /** Makes a template, or changes it. */
  setReviewTemplate(
    id: string,
    body: ReviewTemplateInput,
    options?: CallOptions,
  ): Promise<ReviewTemplate> {
    return this.write('PUT', path`/review-templates/${id}`, body, options);
  }

  /** Deletes a template of the portal; the reviews that it made stay. */
  async deleteReviewTemplate(id: string, options?: CallOptions): Promise<void> {
    const url = path`/review-templates/${id}`;
    await this.request(url, { method: 'DELETE', signal: options?.signal });
  }
}
