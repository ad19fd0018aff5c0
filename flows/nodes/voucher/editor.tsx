import { TextInput } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { Gist } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { PoolSelect } from '../../editor-kit/pool-select.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type VoucherConfig, voucher, voucherConfig } from './definition.ts';

/** The card and form of "Give a voucher". */
export const voucherEditor = defineEditor(voucher, voucherConfig, {
  icon: IconTicket,
  Body: VoucherBody,
  Form: VoucherForm,
});

function VoucherBody({ config }: { config: VoucherConfig }) {
  const { pools } = useSurroundings();
  const name = pools.find(({ key }) => key === config.pool)?.name ?? config.pool;
  return (
    <Gist>
      Gives a code of <b>{name || 'a pool'}</b>
    </Gist>
  );
}

function VoucherForm({ config, onChange, issues }: FormProps<VoucherConfig>) {
  const { readOnly } = useSurroundings();
  return (
    <>
      <PoolSelect
        value={config.pool || undefined}
        onChange={(pool) => onChange({ ...config, pool: pool ?? '' })}
        issues={issues}
        path="pool"
      />
      <TextInput
        label="Keep the code as"
        value={config.saveAs}
        onChange={(event) => onChange({ ...config, saveAs: event.currentTarget.value })}
        readOnly={readOnly}
        {...fieldProps(issues, 'saveAs', `Put it into a text as {{answers.${config.saveAs || 'voucher'}}}.`)}
      />
    </>
  );
}
