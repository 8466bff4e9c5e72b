// SPDX-License-Identifier: Apache-2.0

/** The connection and the date that hold on every tab. */
export function ScopeControl() {
  return null;
}
