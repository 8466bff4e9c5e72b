// SPDX-License-Identifier: Apache-2.0
import { NameFilter } from './config';

/** A function that says whether a name passes; `*` stands for anything, case does not matter. */
export function createNameFilter({ include, exclude }: NameFilter) {
  const wanted = include?.map(toPattern);
  const unwanted = exclude?.map(toPattern) ?? [];
  return (name: string) =>
    (!wanted || wanted.some(matches => matches(name))) &&
    !unwanted.some(matches => matches(name));
}

/** Leaves every name through. */
export function isOpen({ include, exclude }: NameFilter): boolean {
  return !include && !exclude?.length;
}

function toPattern(glob: string): (name: string) => boolean {
  const [first, ...rest] = glob.toLocaleLowerCase('en-US').split('*');
  return name => {
    const text = name.toLocaleLowerCase('en-US');
    if (!rest.length) {
      return text === first;
    }
    const last = rest[rest.length - 1];
    if (!text.startsWith(first) || !text.endsWith(last)) {
      return false;
    }
    let at = first.length;
    for (const part of rest.slice(0, -1)) {
      const found = text.indexOf(part, at);
      if (found === -1) {
        return false;
      }
      at = found + part.length;
    }
    return at <= text.length - last.length;
  };
}
