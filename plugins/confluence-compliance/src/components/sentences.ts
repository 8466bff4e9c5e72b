// SPDX-License-Identifier: Apache-2.0

/** Joins what was said, such as a reason and its cure; each ends before the next begins. */
export const sentences = (...said: Array<string | false | undefined>): string =>
  said
    .filter((text): text is string => Boolean(text))
    .map((text, index, all) =>
      index === all.length - 1 || /[.!?:…]$/.test(text) ? text : `${text}.`,
    )
    .join(' ');
