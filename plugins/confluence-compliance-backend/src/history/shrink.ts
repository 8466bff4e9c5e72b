// SPDX-License-Identifier: Apache-2.0

/** More missing rows than this, and more than this share, are not believed. */
export const SHRINK_ROWS = 10;
const SHRINK_SHARE = 0.2;

/** More than this are not believed to be gone all at once where a list hardly ever empties. */
export const EMPTIED_ROWS = 2;

/** Whether too much is missing at once to be believed. */
export function isShrink(
  missing: number,
  of: number,
  seldomEmpty = false,
): boolean {
  return (
    (missing > SHRINK_ROWS && missing > of * SHRINK_SHARE) ||
    (seldomEmpty && missing > EMPTIED_ROWS && missing === of)
  );
}
