// SPDX-License-Identifier: Apache-2.0
import { Route, Routes } from 'react-router-dom';
import { SpacePage } from './SpacePage';
import { SpacesPage } from './SpacesPage';

/** The list of spaces and the page of one. */
export function SpacesTab() {
  return (
    <Routes>
      <Route index element={<SpacesPage />} />
      <Route path=":connection/:key" element={<SpacePage />} />
    </Routes>
  );
}
