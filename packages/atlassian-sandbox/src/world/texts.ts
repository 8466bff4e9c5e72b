// SPDX-License-Identifier: Apache-2.0
import type { Page } from './types';

/** What stands on a version of a page, in storage format. */
export function textOf({ id, texts }: Page, version: number): string {
  const versions = [...(texts?.keys() ?? [])].filter(each => each <= version);
  return (
    texts?.get(Math.max(...versions)) ??
    `<p>Version ${version} of page ${id}.</p>`
  );
}
