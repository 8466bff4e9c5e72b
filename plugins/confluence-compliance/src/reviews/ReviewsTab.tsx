// SPDX-License-Identifier: Apache-2.0
import { Route, Routes } from 'react-router-dom';
import { DecidePage } from './DecidePage';
import { NewReviewPage } from './NewReviewPage';
import { TemplatePage } from './recurring/TemplatePage';
import { RemediationsPage } from './RemediationsPage';
import { ReviewPage } from './ReviewPage';
import { ReviewsPage } from './ReviewsPage';

/** The list of reviews and the pages of one. */
export function ReviewsTab() {
  return (
    <Routes>
      <Route index element={<ReviewsPage />} />
      <Route path="new" element={<NewReviewPage />} />
      <Route path="recurring/new" element={<TemplatePage />} />
      <Route path="recurring/:id/edit" element={<TemplatePage />} />
      <Route path=":id" element={<ReviewPage />} />
      <Route path=":id/decide" element={<DecidePage />} />
      <Route path=":id/remediations" element={<RemediationsPage />} />
    </Routes>
  );
}
