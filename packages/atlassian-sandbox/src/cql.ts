// SPDX-License-Identifier: Apache-2.0

/** The value of a field, or several where a thing has several (labels). */
export type FieldReader<T> = (item: T) => readonly string[];

/** Thrown for CQL that the sandbox does not know; routes answer it as 400. */
export class CqlError extends Error {}

type Test<T> = (item: T) => boolean;

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(!=|!~|=|~|\(|\)|,)|([^\s"'=!~(),]+))/y;

interface Token {
  text: string;
  quoted: boolean;
}

function tokens(cql: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < cql.trimEnd().length) {
    const match = TOKEN.exec(cql);
    if (!match) throw new CqlError(`Could not parse cql : ${cql}`);
    const [, quoted, sign, word] = match;
    found.push(
      quoted !== undefined
        ? { text: quoted.slice(1, -1).replace(/\\(.)/g, '$1'), quoted: true }
        : { text: sign ?? word, quoted: false },
    );
  }
  return found;
}

/**
 * Turns a query into a test. Knows `=`, `!=`, `~`, `in (…)`, `not in (…)`, `and`, `or`, `not`,
 * parentheses; an `order by` at the end is accepted and left alone.
 */
export function parseCql<T>(
  cql: string,
  fields: Readonly<Record<string, FieldReader<T>>>,
): Test<T> {
  const list = tokens(cql);
  let at = 0;
  const isWord = (word: string, offset = 0): boolean => {
    const token = list[at + offset];
    return (
      token !== undefined && !token.quoted && token.text.toLowerCase() === word
    );
  };
  const take = (): Token => {
    const token = list[at++];
    if (!token) throw new CqlError(`Could not parse cql : ${cql}`);
    return token;
  };
  const expectWord = (word: string) => {
    if (!isWord(word)) throw new CqlError(`Could not parse cql : ${cql}`);
    at++;
  };
  const values = (): string[] => {
    expectWord('(');
    const found = [take().text];
    while (isWord(',')) {
      at++;
      found.push(take().text);
    }
    expectWord(')');
    return found;
  };
  const clause = (): Test<T> => {
    const name = take().text.toLowerCase();
    const read = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!read) throw new CqlError(`No field exists with name: ${name}`);
    if (isWord('in')) {
      at++;
      const wanted = new Set(values().map(value => value.toLowerCase()));
      return item => read(item).some(value => wanted.has(value.toLowerCase()));
    }
    if (isWord('not') && isWord('in', 1)) {
      at += 2;
      const unwanted = new Set(values().map(value => value.toLowerCase()));
      return item =>
        !read(item).some(value => unwanted.has(value.toLowerCase()));
    }
    const operator = take().text;
    const wanted = take().text.toLowerCase();
    if (operator === '=')
      return item => read(item).some(value => value.toLowerCase() === wanted);
    if (operator === '!=')
      return item => !read(item).some(value => value.toLowerCase() === wanted);
    if (operator === '~') {
      const part = wanted.replaceAll('*', '');
      return item =>
        read(item).some(value => value.toLowerCase().includes(part));
    }
    throw new CqlError(`Could not parse cql : ${cql}`);
  };
  const unary = (): Test<T> => {
    if (isWord('not')) {
      at++;
      const inner = unary();
      return item => !inner(item);
    }
    if (isWord('(')) {
      at++;
      const inner = either();
      expectWord(')');
      return inner;
    }
    return clause();
  };
  const both = (): Test<T> => {
    const parts = [unary()];
    while (isWord('and')) {
      at++;
      parts.push(unary());
    }
    return item => parts.every(part => part(item));
  };
  function either(): Test<T> {
    const parts = [both()];
    while (isWord('or')) {
      at++;
      parts.push(both());
    }
    return item => parts.some(part => part(item));
  }
  const test = either();
  if (isWord('order') && isWord('by', 1)) at = list.length;
  if (at < list.length) throw new CqlError(`Could not parse cql : ${cql}`);
  return test;
}
