// SPDX-License-Identifier: Apache-2.0
import { SearchField } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';

const PAUSE = 300;

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Search text that is passed on when the typing pauses. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const send = useRef(onChange);
  send.current = onChange;

  // Going back in the browser changes the value from outside.
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);

  useEffect(() => {
    if (text === sent.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      sent.current = text;
      send.current(text);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <SearchField
      aria-label={label}
      placeholder={label}
      size="small"
      value={text}
      onChange={setText}
    />
  );
}
