import { Anchor, type AnchorProps } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';
import classes from './back-link.module.css';

type Html = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'style' | 'color'> & {
  ref?: Ref<HTMLAnchorElement>;
};

/** The way from one thing back to the list it stands in, over the title. */
export const BackLink = createLink(({ children, ...props }: AnchorProps & Html) => (
  <Anchor {...props} className={classes.back} size="sm" c="dimmed" underline="never">
    <IconChevronLeft size={14} aria-hidden />
    {children}
  </Anchor>
));
