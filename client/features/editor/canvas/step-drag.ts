/** The kind of a step travels under this name while it is dragged from the palette to the canvas. */
export const STEP_DRAG_TYPE = 'application/x-textloom-step';
