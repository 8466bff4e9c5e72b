// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  Review,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceComplianceApi } from '../api';
import { ReviewsTab } from '../reviews/ReviewsTab';
import { connection, pageOf, reviewPreview, reviewSummary } from './fixtures';
import { renderPage } from './render';

/** The page of a review, over answers of the backend of which some can be replaced. */
export function openReview(
  shown: Review,
  api: Partial<ConfluenceComplianceApi> = {},
  refused: string[] = [],
): ReturnType<typeof renderPage> {
  return renderPage(<ReviewsTab />, {
    api: {
      listConnections: async () => pageOf<Connection>([connection()]),
      getReview: async () => shown,
      listOwnReviews: async () => pageOf([]),
      listOwnReviewItems: async () => pageOf([]),
      listRemediations: async () => pageOf([]),
      getReviewSummary: async () => reviewSummary,
      listReviewHistory: async () => pageOf([]),
      previewReview: async () => reviewPreview,
      ...api,
    },
    at: `/reviews/${shown.id}`,
    path: '/reviews/*',
    refused,
  });
}
