// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import {
  connectionDeletePermission,
  connectionUpdatePermission,
  type Connection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiMore2Line } from '@remixicon/react';
import { useState } from 'react';
import { useSaveConnection } from '../connect/queries';
import { useGrant } from '../connect/useGrant';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { DeleteDialog } from './DeleteDialog';
import { DisableDialog } from './DisableDialog';
import { RenameDialog } from './RenameDialog';
import { ReplaceDialog } from './ReplaceDialog';

/** A dialog about one connection. */
export interface DialogProps {
  connection: Connection;
  onClose: () => void;
}

const dialogs = {
  replace: ReplaceDialog,
  rename: RenameDialog,
  disable: DisableDialog,
  delete: DeleteDialog,
};

/** What else can be done with a connection, as far as it may and its origin allows. */
export function ConnectionMenu({ connection }: { connection: Connection }) {
  const t = useWords();
  const links = useLinks();
  const grant = useGrant();
  const save = useSaveConnection();
  const { id, title, origin, state, methods } = connection;
  const update = usePermission({
    permission: connectionUpdatePermission,
    resourceRef: id,
  });
  const remove = usePermission({
    permission: connectionDeletePermission,
    resourceRef: id,
  });
  const [open, setOpen] = useState<keyof typeof dialogs>();
  const Open = open && dialogs[open];

  const editable = origin === 'portal';
  const hasOauth = methods.some(({ method }) => method === 'oauth');
  const hasSecret =
    connection.organization !== undefined ||
    methods.some(({ method }) => method !== 'oauth');
  const begun = state !== 'setting-up';
  const edit = links.connectionSetup(id, { step: 'purpose' });
  const test = links.connectionSetup(id, { step: 'test' });

  const items = [
    editable && update.allowed && edit && (
      <MenuItem key="edit" href={edit}>
        {t('connections.act.edit')}
      </MenuItem>
    ),
    editable && update.allowed && hasSecret && (
      <MenuItem key="replace" onAction={() => setOpen('replace')}>
        {t('connections.act.replace')}
      </MenuItem>
    ),
    hasOauth && update.allowed && (
      <MenuItem key="reconnect" onAction={() => grant.start(id)}>
        {t('connections.act.reconnect')}
      </MenuItem>
    ),
    update.allowed && test && (
      <MenuItem key="test" href={test}>
        {t('connections.act.test')}
      </MenuItem>
    ),
    editable && update.allowed && (
      <MenuItem key="rename" onAction={() => setOpen('rename')}>
        {t('connections.act.rename')}
      </MenuItem>
    ),
    editable && update.allowed && begun && state !== 'disabled' && (
      <MenuItem key="disable" onAction={() => setOpen('disable')}>
        {t('connections.act.disable')}
      </MenuItem>
    ),
    editable && update.allowed && state === 'disabled' && (
      <MenuItem
        key="enable"
        onAction={() => save.mutate({ id, update: { enabled: true } })}
      >
        {t('connections.act.enable')}
      </MenuItem>
    ),
    editable && remove.allowed && (
      <MenuItem key="delete" color="danger" onAction={() => setOpen('delete')}>
        {t('connections.act.delete')}
      </MenuItem>
    ),
  ].filter(item => item !== false && item !== undefined && item !== '');

  if (items.length === 0) {
    return null;
  }
  return (
    <>
      <MenuTrigger>
        <ButtonIcon
          variant="tertiary"
          icon={<RiMore2Line />}
          aria-label={t('connections.act.more', { title })}
        />
        <Menu placement="bottom end">{items}</Menu>
      </MenuTrigger>
      {Open && (
        <Open connection={connection} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}
