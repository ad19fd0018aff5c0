import { fieldErrors } from './api/api-error.ts';
import { goToInput } from './go-to-input.ts';
import { notifyError } from './notify.tsx';

interface ErrorsForm {
  getValues: () => object;
  setErrors: (errors: Record<string, string>) => void;
  getInputNode: (place: string) => HTMLElement | null;
}

/**
 * Shows what the server refused beside its field, and goes there: it may be out of sight. What belongs to no field of the form becomes
 * a notification. `fields` names the field of a place where the form calls it something else.
 */
export function refusalInto(
  form: ErrorsForm,
  fields: Readonly<Record<string, string>> = {},
): (error: Error) => void {
  return (error) => {
    const places = Object.entries(fieldErrors(error));
    const errors = Object.fromEntries(places.map(([place, words]) => [fields[place] ?? place, words]));
    form.setErrors(errors);
    const values = form.getValues();
    const field = Object.keys(errors).find((place) => Object.hasOwn(values, place));
    if (field === undefined) notifyError(error);
    else goToInput(form.getInputNode(field));
  };
}
