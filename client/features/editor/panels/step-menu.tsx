import { Combobox, ScrollArea, useCombobox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FlowNode } from '#flows/definition/schema.ts';
import { isRemark, titleOf } from '../canvas/bound-step.ts';
import classes from './step-menu.module.css';
import { kindGroups } from './step-kinds.ts';

export interface StepMenuProps {
  /** Where it opens, in the window. */
  at: { x: number; y: number };
  title: string;
  /** Steps that could be led to instead of a new one. */
  existing: readonly FlowNode[];
  onPick: (kind: string) => void;
  onPickExisting: (id: string) => void;
  onClose: () => void;
}

const MOST = 6;
const WIDTH = 264;
const HEIGHT = 360;
const MARGIN = 8;

/** Asks what happens next: a new step of some kind or, once something is typed, one that is there already. */
export function StepMenu({ at, title, existing, onPick, onPickExisting, onClose }: StepMenuProps) {
  const [search, setSearch] = useState('');
  const combobox = useCombobox({ opened: true });
  const { selectFirstOption } = combobox;
  const box = useRef<HTMLDivElement>(null);
  const groups = kindGroups(search, 'steps');
  const words = search.trim().toLowerCase();
  const found =
    words === ''
      ? []
      : existing
          .filter((step) => !isRemark(step) && titleOf(step).toLowerCase().includes(words))
          .slice(0, MOST);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each search offers its first match
  useEffect(() => void selectFirstOption(), [search]);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside, true);
    return () => document.removeEventListener('pointerdown', outside, true);
  }, [onClose]);
  const left = Math.max(MARGIN, Math.min(at.x, window.innerWidth - WIDTH - MARGIN));
  const top = Math.max(MARGIN, Math.min(at.y, window.innerHeight - HEIGHT - MARGIN));
  return (
    <div
      ref={box}
      className={classes.menu}
      style={{ left, top }}
      role="dialog"
      aria-label={title}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <Combobox
        store={combobox}
        onOptionSubmit={(value) => (value.startsWith('to:') ? onPickExisting(value.slice(3)) : onPick(value))}
      >
        <Combobox.EventsTarget withExpandedAttribute>
          <input
            className={classes.search}
            aria-label={title}
            placeholder={title}
            // biome-ignore lint/a11y/noAutofocus: the menu was asked for and waits for words
            autoFocus
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </Combobox.EventsTarget>
        <ScrollArea.Autosize mah={HEIGHT - 60} type="auto">
          <Combobox.Options className={classes.options}>
            {groups.map(({ family, label, kinds }) => (
              <Combobox.Group key={family} label={label} data-family={family}>
                {kinds.map(({ kind, icon: Icon, title: name }) => (
                  <Combobox.Option key={kind} value={kind} className={classes.option}>
                    <Icon size={16} className={classes.icon} aria-hidden />
                    {name}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
            {found.length > 0 ? (
              <Combobox.Group label="Go to a step that is there">
                {found.map((step) => (
                  <Combobox.Option key={step.id} value={`to:${step.id}`} className={classes.option}>
                    {titleOf(step)}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ) : null}
            {found.length === 0 && groups.length === 0 ? (
              <Combobox.Empty>Nothing is called that.</Combobox.Empty>
            ) : null}
          </Combobox.Options>
        </ScrollArea.Autosize>
      </Combobox>
    </div>
  );
}
