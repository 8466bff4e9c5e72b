// SPDX-License-Identifier: Apache-2.0
import { Route, Routes } from 'react-router-dom';
import { ReviewsPage } from './ReviewsPage';

/** The list of reviews and the pages of one. */
export function ReviewsTab() {
  return (
    <Routes>
      <Route index element={<ReviewsPage />} />
    </Routes>
  );
}
