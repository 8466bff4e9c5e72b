// SPDX-License-Identifier: Apache-2.0
import { useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigate, useNavigationType } from 'react-router-dom';

const names = ['connection', 'asOf'] as const;

/**
 * Carries the scope to the next page when somebody follows a link of the header, whose
 * addresses are made by Backstage. Going back in the browser is left alone, and so is an
 * address that says a scope itself.
 */
export function useKeepScope(): void {
  const location = useLocation();
  const how = useNavigationType();
  const navigate = useNavigate();
  const last = useRef({ pathname: location.pathname, search: location.search });

  useLayoutEffect(() => {
    const { pathname, search, hash, state } = location;
    const params = new URLSearchParams(search);
    const before = new URLSearchParams(last.current.search);
    const lost =
      pathname !== last.current.pathname &&
      how !== 'POP' &&
      !names.some(name => params.has(name)) &&
      names.some(name => before.has(name));
    if (!lost) {
      last.current = { pathname, search };
      return;
    }
    for (const name of names) {
      const value = before.get(name);
      if (value) {
        params.set(name, value);
      }
    }
    last.current.pathname = pathname;
    navigate(
      { pathname, search: params.toString(), hash },
      { replace: true, state },
    );
  }, [location, how, navigate]);
}
