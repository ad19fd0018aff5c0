import { useLocalStorage } from '@mantine/hooks';

/** Whether the phone is unfolded; remembered, and by itself only where there is room for it. */
export function usePhoneOpen(): [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setOpen] = useLocalStorage({
    key: 'textloom-phone-open',
    defaultValue: window.innerWidth >= 1_600,
    getInitialValueInEffect: false,
  });
  return [open, setOpen];
}
