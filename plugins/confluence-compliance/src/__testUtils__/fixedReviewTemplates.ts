// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { pageOf, reviewTemplate, reviewTemplates } from './fixtures';

type TemplatesApi = Pick<
  ConfluenceComplianceApi,
  'listReviewTemplates' | 'setReviewTemplate' | 'deleteReviewTemplate'
>;

/** Invented recurring reviews that remember changes until the page is loaded again. */
export function createFixedReviewTemplates(
  answer: <T>(value: T) => Promise<T>,
): TemplatesApi {
  const known = new Map(reviewTemplates.map(one => [one.id, one]));
  return {
    listReviewTemplates: () => answer(pageOf([...known.values()])),
    setReviewTemplate: (id, body) => {
      const made = reviewTemplate({ last: undefined, ...body, id });
      known.set(id, made);
      return answer(made);
    },
    deleteReviewTemplate: async id => {
      known.delete(id);
    },
  };
}
