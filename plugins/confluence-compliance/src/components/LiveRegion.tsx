// SPDX-License-Identifier: Apache-2.0
import { VisuallyHidden } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';

const PAUSE = 10_000;

interface LiveRegionProps {
  text: string;
  /** A new value is announced at once; other changes wait for ten seconds. */
  state: string;
}

/** Announces progress politely, at most each ten seconds. */
export function LiveRegion({ text, state }: LiveRegionProps) {
  const [said, setSaid] = useState(text);
  const last = useRef({ state, at: Date.now() });

  useEffect(() => {
    const say = () => {
      last.current = { state, at: Date.now() };
      setSaid(text);
    };
    if (last.current.state !== state) {
      say();
      return undefined;
    }
    const timer = setTimeout(
      say,
      Math.max(0, PAUSE - (Date.now() - last.current.at)),
    );
    return () => clearTimeout(timer);
  }, [text, state]);

  return <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>;
}
