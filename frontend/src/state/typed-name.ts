/** The sign-in name as it was typed last, for the next screen that asks for it. Kept nowhere else. */
export const typedName = { last: "" };
