import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';
import classes from './back-link.module.css';

type Html = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'style' | 'color'> & {
  ref?: Ref<HTMLAnchorElement>;
};

/** The way from one thing back to the list it stands in, over the title. */
export const BackLink = createLink((props: AnchorProps & Html) => (
  <Anchor {...props} className={classes.back} size="sm" c="dimmed" underline="never" />
));
