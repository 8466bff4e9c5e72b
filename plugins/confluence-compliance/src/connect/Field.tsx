// SPDX-License-Identifier: Apache-2.0
import { PasswordField, TextField } from '@backstage/ui';
import { useWords } from '../translation/useWords';

interface FieldProps {
  label: string;
  description?: string;
  value: string;
  error?: string;
  type?: 'text' | 'email' | 'url';
  maxLength?: number;
  onChange: (value: string) => void;
}

/** A text field that says what is wrong with what stands in it. */
export function Field({ error, ...props }: FieldProps) {
  return (
    <TextField
      size="medium"
      dir="auto"
      autoComplete="off"
      spellCheck="false"
      validationBehavior="aria"
      validate={() => error ?? null}
      {...props}
    />
  );
}

interface SecretFieldProps extends FieldProps {
  /** The stored one stays while this is empty. */
  stored: boolean;
}

/** A secret goes in and never comes out. */
export function SecretField({ error, stored, ...props }: SecretFieldProps) {
  const t = useWords();
  return (
    <PasswordField
      size="medium"
      autoComplete="new-password"
      placeholder={stored ? t('connect.credentials.stored') : undefined}
      validationBehavior="aria"
      validate={() => error ?? null}
      {...props}
    />
  );
}
