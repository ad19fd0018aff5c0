import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, rem } from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#eef0ff',
  '#dfe3ff',
  '#c3c9ff',
  '#a0a8fd',
  '#7f86f6',
  '#6369ec',
  '#4d51dd',
  '#4043c2',
  '#34379b',
  '#2a2d78',
];
const gray: MantineColorsTuple = [
  '#fafafa',
  '#f4f4f5',
  '#eaeaec',
  '#e0e0e3',
  '#cfcfd4',
  '#9d9da6',
  '#66666f',
  '#4c4c54',
  '#313137',
  '#1b1b1f',
];
const dark: MantineColorsTuple = [
  '#e4e4e8',
  '#bdbdc6',
  '#9c9ca7',
  '#6d6d78',
  '#3a3a42',
  '#2c2c33',
  '#222228',
  '#17171b',
  '#121215',
  '#0d0d0f',
];

const CLOSE = { 'aria-label': 'Close' };
// The title stays above what scrolls: a field that is gone to comes to lie below it, with its label, and its error above the edge.
const DIALOG_STYLES = {
  title: { fontSize: rem(16), fontWeight: 600, lineHeight: 1.35 },
  content: { scrollPaddingBlock: `${rem(136)} ${rem(40)}` },
};
/** A dialog's head is no head of the page, which is what <header> would say. */
const DIALOG_HEADER = { header: { role: 'presentation' } };

/** One accent, neutral greys, radius 8, 14 px Inter. Borders instead of shadows. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 6, dark: 6 },
  colors: { indigo, gray, dark },
  black: '#1b1b1f',
  fontFamily:
    "'Inter Variable', system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif, 'Noto Color Emoji', 'Segoe UI Emoji'",
  fontFamilyMonospace:
    "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(20) },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: rem(22), lineHeight: '1.3' },
      h2: { fontSize: rem(17), lineHeight: '1.35' },
      h3: { fontSize: rem(15), lineHeight: '1.4' },
      h4: { fontSize: rem(14), lineHeight: '1.4' },
    },
  },
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
  radius: { xs: rem(4), sm: rem(6), md: rem(8), lg: rem(12), xl: rem(16) },
  defaultRadius: 'md',
  shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Paper: { defaultProps: { withBorder: true } },
    Card: { defaultProps: { withBorder: true, padding: 'md', bg: 'var(--tl-surface)' } },
    Modal: {
      defaultProps: {
        closeButtonProps: CLOSE,
        attributes: DIALOG_HEADER,
        centered: true,
        padding: 'lg',
        transitionProps: { duration: 150 },
        overlayProps: { backgroundOpacity: 0.4 },
        styles: DIALOG_STYLES,
      },
    },
    Drawer: {
      defaultProps: {
        closeButtonProps: CLOSE,
        attributes: DIALOG_HEADER,
        position: 'right',
        padding: 'lg',
        transitionProps: { duration: 150 },
        overlayProps: { backgroundOpacity: 0.25 },
        styles: DIALOG_STYLES,
      },
    },
    InputWrapper: {
      styles: {
        label: { marginBottom: 4 },
        description: { fontSize: rem(12) },
        error: { fontSize: rem(12) },
      },
    },
    Menu: {
      defaultProps: {
        transitionProps: { duration: 100 },
        position: 'bottom-end',
        withInitialFocusPlaceholder: false,
      },
    },
    // Without shadows a toast needs its edge to be told from the page.
    Notification: { defaultProps: { closeButtonProps: CLOSE, withBorder: true } },
    Tooltip: { defaultProps: { openDelay: 250, transitionProps: { duration: 100 } } },
    Alert: { defaultProps: { variant: 'default' } },
    Select: {
      defaultProps: {
        checkIconPosition: 'right',
        comboboxProps: { transitionProps: { duration: 100 } },
        withScrollArea: false,
      },
      styles: { options: { maxHeight: 328, overflowY: 'auto' } },
    },
  },
});

/** The few colours of our own, light and dark. Names start with `--tl`. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-6)',
    '--mantine-color-placeholder': '#73737c',
    '--mantine-color-error': '#c92a2a',
    '--tl-line': 'var(--mantine-color-gray-3)',
    '--tl-surface': '#ffffff',
    '--tl-rail': 'var(--mantine-color-gray-0)',
    '--tl-hover': 'var(--mantine-color-gray-1)',
    '--tl-accent-text': 'var(--mantine-color-indigo-6)',
    '--tl-accent-soft': 'var(--mantine-color-indigo-0)',
    '--tl-bubble-us': 'var(--mantine-color-indigo-0)',
    '--tl-bubble-them': 'var(--mantine-color-gray-2)',
    '--tl-good': '#0c7a58',
    '--tl-warn': '#9a5b00',
    '--tl-bad': '#c92a2a',
    '--tl-info': 'var(--mantine-color-indigo-6)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-placeholder': '#8b8b96',
    '--mantine-color-error': '#ff8787',
    '--tl-line': 'var(--mantine-color-dark-5)',
    '--tl-surface': 'var(--mantine-color-dark-7)',
    '--tl-rail': 'var(--mantine-color-dark-8)',
    '--tl-hover': 'var(--mantine-color-dark-6)',
    '--tl-accent-text': 'var(--mantine-color-indigo-3)',
    '--tl-accent-soft': '#25264a',
    '--tl-bubble-us': '#2b2d57',
    '--tl-bubble-them': 'var(--mantine-color-dark-5)',
    '--tl-good': '#4fd0a5',
    '--tl-warn': '#f0b35a',
    '--tl-bad': '#ff8787',
    '--tl-info': 'var(--mantine-color-indigo-3)',
  },
});
