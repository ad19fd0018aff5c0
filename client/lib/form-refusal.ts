import { fieldErrors } from './api/api-error.ts';
import { notifyError } from './notify.tsx';

interface ErrorsForm {
  getValues: () => object;
  setErrors: (errors: Record<string, string>) => void;
}

/** Shows what the server refused beside its field; what belongs to no field of the form becomes a notification. */
export function refusalInto(form: ErrorsForm): (error: Error) => void {
  return (error) => {
    const errors = fieldErrors(error);
    form.setErrors(errors);
    const fields = form.getValues();
    if (!Object.keys(errors).some((place) => Object.hasOwn(fields, place))) notifyError(error);
  };
}
