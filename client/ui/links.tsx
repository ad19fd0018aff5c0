import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Html = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'style' | 'color'> & {
  ref?: Ref<HTMLAnchorElement>;
};

/**
 * A link inside the app, in running text; underlined, since colour alone tells nobody. `underline="hover"` is for places
 * where everything is a link. Addresses are checked by the compiler.
 */
export const TextLink = createLink((props: AnchorProps & Html) => <Anchor underline="always" {...props} />);

/** A link inside the app that looks like a button. */
export const ButtonLink = createLink((props: ButtonProps & Html) => <Button component="a" {...props} />);
