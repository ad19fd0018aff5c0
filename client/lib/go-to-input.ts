/** Goes to a field that needs looking at; it may be out of sight. */
export function goToInput(input: HTMLElement | null): void {
  // One to choose from would open over what is said below it.
  if (input?.ariaHasPopup === 'listbox') input.scrollIntoView({ block: 'center' });
  else input?.focus();
}

/** Once a form was submitted: goes to the first of its fields that is wrong. */
export const goToFirstWrong = (form: HTMLFormElement): void =>
  void requestAnimationFrame(() => goToInput(form.querySelector<HTMLElement>('[aria-invalid="true"]')));
