// SPDX-License-Identifier: Apache-2.0
import { Route, Routes } from 'react-router-dom';
import { ExceptionsPage } from '../exceptions/ExceptionsPage';
import { FindingsPage } from '../findings/FindingsPage';
import { CheckPage } from './CheckPage';
import { ControlsPage } from '../controls/ControlsPage';
import { ChecksPage } from './ChecksPage';

/** The list of checks and the page of one. */
export function ChecksTab() {
  return (
    <Routes>
      <Route index element={<ChecksPage />} />
      <Route path="exceptions" element={<ExceptionsPage />} />
      <Route path="controls" element={<ControlsPage />} />
      <Route path="findings" element={<FindingsPage />} />
      <Route path=":id" element={<CheckPage />} />
    </Routes>
  );
}
