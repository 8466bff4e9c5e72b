// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { type JSX, useMemo } from 'react';
import { confluenceComplianceTranslationRef, type messages } from '.';

type Messages = typeof messages;

/** Keys of all messages, such as `common.verdict.pass`. */
type Path<Tree> = {
  [K in keyof Tree & string]: Tree[K] extends string
    ? K
    : `${K}.${Path<Tree[K]>}`;
}[keyof Tree & string];

type At<Tree, P extends string> = P extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Tree
    ? At<Tree[Head], Rest>
    : never
  : P extends keyof Tree
  ? Tree[P]
  : never;

type Written = Path<Messages>;

/** Keys of messages; one that is there for one and for several counts once. */
type Key = Written extends infer K
  ? K extends `${infer Base}_${'one' | 'other'}`
    ? Base
    : K
  : never;

type Names<Message> = Message extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** The placeholders of a message. */
type Placeholders<K extends string> = K extends Written
  ? Names<At<Messages, K>>
  : Names<At<Messages, `${K}_other`>> | 'count';

type Values<Name extends string, Value> = [Name] extends [never]
  ? []
  : [values: { [N in Name]: N extends 'count' ? number : Value }];

/**
 * Says a message, with values for its placeholders. The type that Backstage has for this goes
 * through all messages again at each use of one, and they have become too many for the compiler.
 */
export interface Words {
  <K extends Key>(key: K, ...values: Values<Placeholders<K>, string>): string;
  <K extends Key>(
    key: K,
    ...values: Values<Placeholders<K>, string | JSX.Element>
  ): JSX.Element;
}

/** A name such as `{{n}}` must not take the place of the next value. */
function plain(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('{{', '{\u2060{') : value;
}

/** Our messages in the language of whoever looks. */
export function useWords(): Words {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  return useMemo(() => {
    const say = t as (key: string, values?: object) => string;
    return ((key: string, values: object = {}) =>
      say(
        key,
        Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, plain(value)]),
        ),
      )) as unknown as Words;
  }, [t]);
}
