import { fieldErrors } from './api/api-error.ts';
import { notifyError } from './notify.tsx';

interface ErrorsForm {
  getValues: () => object;
  setErrors: (errors: Record<string, string>) => void;
  getInputNode: (place: string) => HTMLElement | null;
}

/**
 * Shows what the server refused beside its field, and goes there: it may be out of sight. What belongs to no field of the form becomes
 * a notification.
 */
export function refusalInto(form: ErrorsForm): (error: Error) => void {
  return (error) => {
    const errors = fieldErrors(error);
    form.setErrors(errors);
    const fields = form.getValues();
    const field = Object.keys(errors).find((place) => Object.hasOwn(fields, place));
    if (field === undefined) notifyError(error);
    else goTo(form.getInputNode(field));
  };
}

function goTo(input: HTMLElement | null): void {
  // One to choose from would open over what is said below it.
  if (input?.ariaHasPopup === 'listbox') input.scrollIntoView({ block: 'center' });
  else input?.focus();
}
