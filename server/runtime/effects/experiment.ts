import { batchStatement } from '../../database/write-set.ts';
import type { Scene } from '../scene.ts';
import type { EffectHandler } from './handler.ts';

const upsertArm = batchStatement(
  'arm_rows',
  {
    workspace_id: 'uuid',
    contact_id: 'uuid',
    experiment: 'text',
    arm: 'text',
    hash_version: 'int4',
    assigned_at: 'timestamptz',
    exposed_at: 'timestamptz',
  },
  // The first arm stays and the first exposure counts, whatever comes later.
  (
    rows,
  ) => `insert into arms (workspace_id, contact_id, experiment, arm, hash_version, assigned_at, exposed_at) select * from ${rows}
    on conflict (workspace_id, contact_id, experiment) do update set exposed_at = coalesce(arms.exposed_at, excluded.exposed_at)`,
);

const insertConversion = batchStatement(
  'conversion_rows',
  {
    workspace_id: 'uuid',
    contact_id: 'uuid',
    experiment: 'text',
    goal: 'text',
    arm: 'text',
    run_id: 'uuid',
    at: 'timestamptz',
  },
  (rows) => `insert into conversions (workspace_id, contact_id, experiment, goal, arm, run_id, at)
    select distinct on (workspace_id, contact_id, experiment, goal) * from ${rows} on conflict do nothing`,
);

/** The contact met the experiment for the first time and was given an arm. */
export const assignArm: EffectHandler<'assign-arm'> = (effect, scene) => {
  scene.arms.set(effect.experiment, { arm: effect.arm, hashVersion: effect.hashVersion, exposed: false });
};

/** A text of the arm went out. */
export const expose: EffectHandler<'expose'> = (effect, scene) => {
  const known = scene.arms.get(effect.experiment);
  scene.arms.set(effect.experiment, { arm: effect.arm, hashVersion: known?.hashVersion ?? 1, exposed: true });
};

/** The contact reached a goal after meeting an arm; each goal counts once a person. */
export const convert: EffectHandler<'convert'> = (effect, scene) => {
  scene.writes.add(insertConversion, {
    workspace_id: scene.workspaceId,
    contact_id: scene.contactId,
    experiment: effect.experiment,
    goal: effect.goal,
    arm: effect.arm,
    run_id: effect.runId,
    at: scene.at,
  });
};

/** Writes the arms a decision touched; called once a decision. */
export function writeArms(scene: Scene): void {
  for (const [experiment, { arm, hashVersion, exposed }] of scene.arms) {
    scene.writes.add(upsertArm, {
      workspace_id: scene.workspaceId,
      contact_id: scene.contactId,
      experiment,
      arm,
      hash_version: hashVersion,
      assigned_at: scene.at,
      exposed_at: exposed ? scene.at : null,
    });
  }
}
